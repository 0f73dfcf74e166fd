"""One side of the form: the server, its port and encryption, and how to sign in there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from mailcheck_gui.model.account import AuthMethod, Field, Protocol, Role, Security, ServerDraft
from mailcheck_gui.model.endpoint import PORT_ROLES, default_port, default_security, port_role
from mailcheck_gui.reporting.wording import ENCRYPTION, PROTOCOLS, SIGN_IN
from mailcheck_gui.ui.card import Card
from mailcheck_gui.ui.check_box import CheckBox
from mailcheck_gui.ui.choice_boxes import ChoiceBox, PortBox
from mailcheck_gui.ui.form_fields import HintSlot, Labelled, TextField
from mailcheck_gui.ui.icons import IconMark
from mailcheck_gui.ui.labels import Tone, TypedLabel
from mailcheck_gui.ui.password_field import PasswordField
from mailcheck_gui.ui.server_words import field_text, side_text
from mailcheck_gui.ui.theme import Size, Space, Type, scaled
from mailcheck_gui.ui.translation import translate_message

_TYPE_WIDTH = 84


class ServerForm(Card):
    """The fields of one side. `changed` tells of every change that a person made.

    Port and encryption follow each other as long as the person has set only one of them.
    """

    changed = Signal()
    left = Signal(object)  # Field: the keyboard went elsewhere after an edit

    def __init__(self, role: Role, protocols: tuple[Protocol, ...]) -> None:
        super().__init__()
        self.role = role
        self._side = side_text(role)
        self._port_touched = False
        self._security_touched = False
        self._make_fields(protocols)
        self._heading = self._make_heading()
        self._build()
        self.fit_text()
        self._connect()
        self.show_draft(None)

    def _name(self, field: Field) -> str:
        return self.tr("{side}: {field}").format(side=self._side, field=field_text(field))

    def _make_fields(self, protocols: tuple[Protocol, ...]) -> None:
        self.protocol = ChoiceBox[Protocol](
            self._name(Field.PROTOCOL), [(each, PROTOCOLS[each]) for each in protocols]
        )
        self.host = TextField(self._name(Field.HOST))
        self.port = PortBox(self._name(Field.PORT))
        self.security = ChoiceBox[Security](
            self._name(Field.SECURITY),
            [(each, translate_message(ENCRYPTION[each])) for each in Security],
        )
        self.username = TextField(self._name(Field.USERNAME))
        self.auth = ChoiceBox[AuthMethod](
            self._name(Field.AUTH),
            [(each, translate_message(SIGN_IN[each])) for each in AuthMethod],
        )
        self.slots = {
            field: HintSlot() for field in (Field.HOST, Field.PORT, Field.USERNAME, Field.AUTH)
        }

    def _build(self) -> None:
        column = self.column
        column.addWidget(self._heading)
        column.addSpacing(Space.M)
        self._add(Labelled(field_text(Field.HOST), self.host), Field.HOST)
        ports = QWidget()
        row = QHBoxLayout(ports)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        row.addWidget(Labelled(field_text(Field.PORT), self.port), 1)
        row.addWidget(Labelled(field_text(Field.SECURITY), self.security), 2)
        self._add(ports, Field.PORT)
        self._add(self._credentials(), Field.USERNAME)
        self._add(Labelled(field_text(Field.AUTH), self.auth), Field.AUTH, last=True)
        column.addStretch(1)

    def _add(self, widget: QWidget, field: Field, *, last: bool = False) -> None:
        self.column.addWidget(widget)
        self.column.addWidget(self.slots[field])
        if not last:
            self.column.addSpacing(Space.M)

    def fit_text(self) -> None:
        """Take the sizes of the heading, as high on both sides, from the text size."""
        self._heading.setMinimumHeight(scaled(Size.CONTROL))
        self.protocol.setMinimumWidth(scaled(_TYPE_WIDTH))

    def _make_heading(self) -> QWidget:
        heading = QWidget()
        row = QHBoxLayout(heading)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        name = "inbox" if self.role is Role.INCOMING else "send"
        row.addWidget(IconMark(name), 0, Qt.AlignmentFlag.AlignVCenter)
        title = TypedLabel(self._side, Type.SUBTITLE)
        title.setBuddy(self.protocol)  # on Linux Qt names a combo box by its label only
        row.addWidget(title, 1)
        if self.protocol.count() > 1:
            self.protocol.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            row.addWidget(self.protocol)
        else:
            row.addWidget(TypedLabel(self.protocol.currentText(), Type.BODY, Tone.SECONDARY))
        return heading

    def _credentials(self) -> QWidget:
        return Labelled(field_text(Field.USERNAME), self.username)

    def _connect(self) -> None:
        self.protocol.activated.connect(self._protocol_chosen)
        self.security.activated.connect(self._security_chosen)
        self.port.line().textEdited.connect(self._port_typed)
        self.port.activated.connect(self._port_typed)
        self.auth.activated.connect(self.changed)
        for line, field in ((self.host, Field.HOST), (self.username, Field.USERNAME)):
            line.textEdited.connect(self.changed)
            line.editingFinished.connect(self._teller(field))
        self.port.line().editingFinished.connect(self._teller(Field.PORT))

    def _teller(self, field: Field) -> Callable[[], None]:
        return lambda: self.left.emit(field)

    def _protocol_chosen(self) -> None:
        self._offer_ports()
        if not self._port_touched:
            self._follow_security()
        self.changed.emit()

    def _security_chosen(self) -> None:
        self._security_touched = True
        if not self._port_touched:
            self._follow_security()
        self.changed.emit()

    def _port_typed(self) -> None:
        self._port_touched = True
        if not self._security_touched:
            self._follow_port()
        self.changed.emit()

    def _follow_security(self) -> None:
        port = default_port(self.protocol.value(), self.security.value())
        self.port.show_text(str(port))

    def _follow_port(self) -> None:
        text = self.port.currentText().strip()
        usual = port_role(int(text)) if text.isascii() and text.isdecimal() else None
        if usual is not None and usual.protocol is self.protocol.value():
            self.security.set_value(usual.security)

    def _offer_ports(self) -> None:
        own = self.protocol.value()
        self.port.offer([role.port for role in PORT_ROLES if role.protocol is own])

    def show_draft(self, side: ServerDraft | None) -> None:
        """Show a side, or the defaults where it was not given."""
        shown = side or ServerDraft(self.protocol.value())
        self.protocol.set_value(shown.protocol)
        self._offer_ports()
        self.host.show_text(shown.host)
        self._show_port_and_security(shown)
        self.auth.set_value(shown.auth or AuthMethod.PASSWORD)
        self.username.show_text(shown.username)

    def _show_port_and_security(self, shown: ServerDraft) -> None:
        self._port_touched = bool(shown.port)
        self._security_touched = shown.security is not None
        port = int(shown.port) if shown.port.isascii() and shown.port.isdecimal() else None
        self.security.set_value(shown.security or default_security(port))
        usual = default_port(shown.protocol, self.security.value())
        self.port.show_text(shown.port or str(usual))

    def draft(self) -> ServerDraft | None:
        """Return what is typed; None where this side looks as if nobody had touched it."""
        if not self.host.text().strip() and self._has_usual_port():
            return None
        return ServerDraft(
            protocol=self.protocol.value(),
            host=self.host.text(),
            port=self.port.currentText(),
            security=self.security.value(),
            auth=self.auth.value(),
            username=self.username.text(),
        )

    def _has_usual_port(self) -> bool:
        """Whether the port is the one that an empty form shows as well."""
        usual = default_port(self.protocol.value(), self.security.value())
        return self.port.currentText().strip() in ("", str(usual))

    def slot(self, field: Field) -> HintSlot:
        """Return the place for sentences about a field."""
        groups = {Field.PROTOCOL: Field.PORT, Field.SECURITY: Field.PORT, Field.EMAIL: Field.HOST}
        groups[Field.PASSWORD] = Field.USERNAME
        return self.slots[groups.get(field, field)]

    def editor(self, field: Field) -> QWidget:
        """Return the widget of a field, for the focus."""
        editors: dict[Field, QWidget] = {
            Field.PROTOCOL: self.protocol,
            Field.HOST: self.host,
            Field.PORT: self.port,
            Field.SECURITY: self.security,
            Field.AUTH: self.auth,
            Field.USERNAME: self.username,
            Field.PASSWORD: self.username,
            Field.EMAIL: self.host,
        }
        return editors[field]


class OutgoingForm(ServerForm):
    """The outgoing side: user name and password are those of receiving, unless told otherwise."""

    def __init__(self) -> None:
        self.same = CheckBox()
        self.password = PasswordField("")
        self._own = QWidget()
        super().__init__(Role.OUTGOING, (Protocol.SMTP,))
        self.same.set_words(self.tr("Same user name and password for sending"))
        self.password.setAccessibleName(self._name(Field.PASSWORD))
        self.show_same(same=True)
        self.same.toggled.connect(self._same_chosen)
        self.password.textEdited.connect(self.changed)
        self.password.editingFinished.connect(self._teller(Field.PASSWORD))

    def _credentials(self) -> QWidget:
        own = QVBoxLayout(self._own)
        own.setContentsMargins(0, Space.S, 0, 0)
        own.setSpacing(Space.M)
        own.addWidget(Labelled(field_text(Field.USERNAME), self.username))
        own.addWidget(Labelled(field_text(Field.PASSWORD), self.password))
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, Space.XS, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.same)
        column.addWidget(self._own)
        return whole

    def _same_chosen(self, same: bool) -> None:
        self._own.setVisible(not same)
        self.changed.emit()

    def show_same(self, *, same: bool) -> None:
        """Set the check box without counting as a person's choice."""
        blocked = self.same.blockSignals(True)
        self.same.setChecked(same)
        self.same.blockSignals(blocked)
        self._own.setVisible(not same)

    def editor(self, field: Field) -> QWidget:
        """Return the widget of a field; those of the credentials may be hidden."""
        if field in (Field.USERNAME, Field.PASSWORD):
            if self.same.isChecked():
                return self.same
            return self.password if field is Field.PASSWORD else self.username
        return super().editor(field)
