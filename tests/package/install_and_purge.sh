# Installs, tries and purges a Debian package in a layer of its own over this machine's files, so
# that nothing is left here whatever happens. Runs in a mount namespace of its own.
#     unshare --mount sh install_and_purge.sh EMPTY-FOLDER PACKAGE
set -eu
layer=$1
mount -t tmpfs none "$layer"
mkdir "$layer/upper" "$layer/work" "$layer/root"
mount -t overlay overlay \
    -o "lowerdir=/,upperdir=$layer/upper,workdir=$layer/work" "$layer/root"
mount --bind /proc "$layer/root/proc"
mount --rbind /dev "$layer/root/dev"
mkdir -p "$layer/root/mnt/package"
cp "$2" "$layer/root/mnt/package/mailcheck.deb"
exec chroot "$layer/root" sh -eu -c '
    names() {
        find /usr /etc /var /opt /root -xdev -iname "*mailcheck*" ! -path "*/.cache/*" | sort
    }
    install() {
        apt-get install -q -y --no-install-recommends /mnt/package/mailcheck.deb
    }
    export DEBIAN_FRONTEND=noninteractive HOME=/root
    unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
    cd /
    dpkg --purge mailcheck 2>/dev/null || true
    names >/mnt/before
    if ! install >/mnt/log 2>&1; then
        apt-get -q update >>/mnt/log 2>&1
        install >>/mnt/log 2>&1 || { cat /mnt/log; exit 9; }
    fi
    mailcheck --self-test
    mailcheck-gui --self-test
    mailcheck practice all-fine
    dpkg --verify mailcheck
    apt-get purge -q -y mailcheck >>/mnt/log 2>&1
    ! command -v mailcheck-gui
    names >/mnt/after
    echo "left behind:"
    diff /mnt/before /mnt/after
'
