"""Typing help against the catalogue that ships: slips are found, and honest names left alone."""

from __future__ import annotations

import pytest

from mailcheck_gui.catalogue.load import load_providers
from mailcheck_gui.catalogue.match import domain_slips
from mailcheck_gui.diagnosis.near_servers import near_servers
from mailcheck_gui.model.account import Protocol

PROVIDERS = load_providers()

REAL_DOMAINS = """
amazon.com apple.com google.com microsoft.com meta.com netflix.com adobe.com oracle.com ibm.com
intel.com cisco.com dell.com hp.com sap.com siemens.com siemens.de bosch.com basf.com bayer.com
bmw.de vw.de audi.de daimler.com allianz.de commerzbank.de telekom.de dhl.de dhl.com ups.com
fedex.com lufthansa.com bahn.de zdf.de ard.de spiegel.de zeit.de taz.de faz.net welt.de heise.de
golem.de mail.ch mail.dk mail.ee mail.bg mail.pt mail.kz hotmart.com index.com index.hu tele2.nl
tele2.se telus.com telus.net terra.com.br uol.com.br bol.com.br ig.com.br globo.com yahoo.com.tw
yandex.com.tr zoom.us slack.com github.com gitlab.com mozilla.org debian.org kernel.org python.org
wikipedia.org un.org who.int europa.eu bund.de admin.ch gov.uk nhs.net nhs.uk harvard.edu mit.edu
stanford.edu ox.ac.uk cam.ac.uk ethz.ch epfl.ch tum.de tuwien.ac.at kit.edu uni-koeln.de
orange.es orange.pl orange.be orange.com libera.chat liberia.com laposte.fr sfr.com free.com
aliceadsl.fr alice.com tim.com timbr.io tiscali.cz virgin.com sky.de skynet.com blueyonder.com
btconnect.com bt.com plus.com spectrum.com charter.com comcast.com earth.net optimum.com bell.ca
rogers.ca telenet.com proximus.com ziggo.com planet.com home.com casema.com hetnet.com bluewin.com
telia.se telia.fi bahnhof.com seznam.com interia.com.pl rambler.com naver.jp daum.com hanmail.com
rediff.in bigpond.com.au optusnet.com.au iinet.net.au xtra.com proton.com prot.on protonvpn.com
tutanota.org tuta.org mailbox.com posteo.eu.com disroot.com riseup.com vivaldi.com kolab.org
startpage.com thunderbird.net gmx.fr gmx.at web.com weber.de wed.de wer.de gm.com gmb.com game.com
gmbh.de gamil.org outlook.ru hotels.com hotmail.ru coolmail.com roundmail.com lives.com
love.com olive.com live.org msnbc.com man.com mon.com aon.com aol.in atl.net atm.net abt.net
cloud.com wahoo.com grange.fr poster.de gambler.ru never.com delia.com smartmail.com spectra.net
dell.net regan.com plane.nl
"""
"""Domains of others, many a letter or two away from those of the catalogue."""

REAL_HOSTS = """
mail.bmw.de imap.bsb.de imap.web.com imap.wer.de mail.hbz.de mail.kit.edu imap.uni-koeln.de
imap.1und1.com mail.gandi.de imap.orange.es smtp.orange.es imap.free.com imap.mail.dk mail.mail.dk
imap.telus.net imap.gmx.fr imap.freenet.at imap.sfr.com mail.ovh.de mail.gmb.de mail.hosting.de
mail.example.com imap.example.org imap.firma.de mail.firma.com pop.firma.de smtp.firma.de
imap.tele2.se imap.telia.fi imap.t-mobile.cz mail.tim.de imap.aon.com imap.atl.net mail.bt.com
imap.strata.io imap.ion.de imap.postal.de imap.mailbox.com imap.comcast.com
"""


@pytest.mark.parametrize("domain", REAL_DOMAINS.split())
def test_a_real_domain_is_no_slip(domain):
    assert domain_slips(PROVIDERS, domain) == ()


@pytest.mark.parametrize("protocol", [Protocol.IMAP, Protocol.SMTP])
@pytest.mark.parametrize("host", REAL_HOSTS.split())
def test_a_real_host_is_no_slip(protocol, host):
    assert near_servers(PROVIDERS, protocol, host, "example.test") == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gmial.com", "gmail.com"), ("gmai.com", "gmail.com"), ("gmail.con", "gmail.com"),
        ("gmail.co", "gmail.com"), ("gnail.com", "gmail.com"), ("gmaill.com", "gmail.com"),
        ("gamil.com", "gmail.com"), ("gmailcom", "gmail.com"), ("googlmail.com", "googlemail.com"),
        ("hotmial.com", "hotmail.com"), ("hotmal.com", "hotmail.com"), ("hotmil.de", "hotmail.de"),
        ("outlok.com", "outlook.com"), ("outlok.de", "outlook.de"), ("oulook.com", "outlook.com"),
        ("yaho.com", "yahoo.com"), ("yahooo.com", "yahoo.com"), ("yhaoo.de", "yahoo.de"),
        ("iclod.com", "icloud.com"), ("icoud.com", "icloud.com"), ("t-onlin.de", "t-online.de"),
        ("t-onlien.de", "t-online.de"), ("tonline.de", "t-online.de"), ("frenet.de", "freenet.de"),
        ("protonmial.com", "protonmail.com"), ("fastmial.com", "fastmail.com"),
        ("comcats.net", "comcast.net"), ("verzion.net", "verizon.net"),
        ("sbcgobal.net", "sbcglobal.net"), ("bellsoth.net", "bellsouth.net"),
        ("btinternt.com", "btinternet.com"), ("wanado.fr", "wanadoo.fr"),
        ("lapost.net", "laposte.net"), ("libreo.it", "libero.it"), ("bigpnd.com", "bigpond.com"),
        ("mailbx.org", "mailbox.org"), ("seznm.cz", "seznam.cz"), ("yandx.ru", "yandex.ru"),
    ],
)  # fmt: skip
def test_a_slip_in_a_common_domain(typed, meant):
    assert domain_slips(PROVIDERS, typed)[0] == meant


@pytest.mark.parametrize(
    ("protocol", "typed", "meant"),
    [
        (Protocol.IMAP, "imap.gmial.com", "imap.gmail.com"),
        (Protocol.IMAP, "imap.gmail.cm", "imap.gmail.com"),
        (Protocol.IMAP, "iamp.gmail.com", "imap.gmail.com"),
        (Protocol.IMAP, "imap.iono.de", "imap.ionos.de"),
        (Protocol.IMAP, "imap.stato.de", "imap.strato.de"),
        (Protocol.IMAP, "outlok.office365.com", "outlook.office365.com"),
        (Protocol.IMAP, "secureimap.t-onlin.de", "secureimap.t-online.de"),
        (Protocol.IMAP, "imap.mail.yaho.com", "imap.mail.yahoo.com"),
        (Protocol.IMAP, "imapp.web.de", "imap.web.de"),
        (Protocol.SMTP, "smtp.gmial.com", "smtp.gmail.com"),
        (Protocol.SMTP, "stmp.gmail.com", "smtp.gmail.com"),
        (Protocol.SMTP, "smtp.ofice365.com", "smtp.office365.com"),
        (Protocol.SMTP, "smtp.sendgird.net", "smtp.sendgrid.net"),
        (Protocol.SMTP, "mail.gmx.ent", "mail.gmx.net"),
    ],
)
def test_a_slip_in_a_host(protocol, typed, meant):
    assert near_servers(PROVIDERS, protocol, typed, "example.test")[0] == meant
