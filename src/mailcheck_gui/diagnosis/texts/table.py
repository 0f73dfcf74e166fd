"""All causes in one table: code, or code and variant after a colon, to its words."""

from __future__ import annotations

from mailcheck_gui.diagnosis.texts.cause import Cause
from mailcheck_gui.diagnosis.texts.certificate import CERTIFICATE
from mailcheck_gui.diagnosis.texts.encryption import ENCRYPTION
from mailcheck_gui.diagnosis.texts.inputs import INPUTS
from mailcheck_gui.diagnosis.texts.interference import INTERFERENCE
from mailcheck_gui.diagnosis.texts.network import NETWORK
from mailcheck_gui.diagnosis.texts.sending import SENDING
from mailcheck_gui.diagnosis.texts.sign_in import SIGN_IN

CAUSES: dict[str, Cause] = {
    **INPUTS,
    **NETWORK,
    **INTERFERENCE,
    **ENCRYPTION,
    **CERTIFICATE,
    **SIGN_IN,
    **SENDING,
}
