"""The line for a password."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLineEdit

from mailcheck_gui.ui.form_fields import NO_GUESSING, TextField
from mailcheck_gui.ui.icons import icon
from mailcheck_gui.ui.theme import roles, scaled


class PasswordField(TextField):
    """A password line with an eye that shows what was typed, by mouse or Ctrl+Shift+E."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(NO_GUESSING | Qt.InputMethodHint.ImhSensitiveData)
        self._eye = QAction(self)
        self._eye.setCheckable(True)
        self._eye.setShortcut(QKeySequence("Ctrl+Shift+E"))
        self._eye.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._eye.toggled.connect(self._show)
        self.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        self._show(False)

    def hide_again(self) -> None:
        """Show dots, whatever the eye said."""
        self._eye.setChecked(False)

    def _show(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.setEchoMode(mode)
        words = self.tr("Hide the password") if shown else self.tr("Show the password")
        keys = self._eye.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self._eye.setText(words)
        self._eye.setToolTip(f"{words} ({keys})")
        self._tint()

    def _tint(self) -> None:
        for eye in self.actions():  # none yet while the field is being made
            name = "eye-off" if eye.isChecked() else "eye"
            eye.setIcon(icon(name, roles().secondary, scaled(16)))

    def fit_text(self) -> None:
        """Take the height and the size of the eye from the text size."""
        super().fit_text()
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()
