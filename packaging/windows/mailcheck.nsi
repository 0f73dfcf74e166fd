; The installer for one person: asks for no administrator, and needs no restart.
; packaging/build.py compiles it and defines
;   VERSION  three numbers with points       BUNDLE   the folder with both programs
;   ICON     the icon, an .ico file          SIZE_KB  what the bundle takes on the disk
;   SIDE     the picture of the last page    OUTPUT   the installer to write
;   TGT      makensis' target, where it is not the usual one
;
; Without windows: /S, and /D=FOLDER at the very end. The uninstaller: /S, and /REMOVEDATA to remove
; saved accounts, their passwords and preferences too. Exit status of both:
!define STATUS_NEWER_INSTALLED 3
!define STATUS_RUNNING 4
!define STATUS_OTHER_PROGRAM 5 ; the folder holds files of another program
!define STATUS_DATA_LEFT 6     ; what was saved could not be removed; the program is still there
!define STATUS_OLD_WINDOWS 7

!ifdef TGT
Target ${TGT}
!endif
Unicode true
SetCompressor /SOLID /FINAL lzma
SetCompressorDictSize 32
SetDateSave off ; the times of a build are no part of it
AllowSkipFiles off ; half a program is worse than none
RequestExecutionLevel user
ManifestDPIAware true
ManifestSupportedOS all

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include TextFunc.nsh
!include WinVer.nsh
!include WordFunc.nsh
!include x64.nsh

!define NAME "Mailcheck"
!define WINDOW_PROGRAM "mailcheck-gui.exe"
!define TERMINAL_PROGRAM "mailcheck.exe"
!define UNINSTALLER "mailcheck-uninstall.exe"
!define MOVING "mailcheck-moving.tmp"
!define PUBLISHER "the Mailcheck maintainers"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define OLDEST_BUILD 17763 ; Windows 10 version 1809, the oldest that Qt starts on

Name "${NAME}"
OutFile "${OUTPUT}"
BrandingText "${NAME} ${VERSION}"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"

VIProductVersion "${VERSION}.0"
VIFileVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${NAME} Setup"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "CompanyName" "${PUBLISHER}"
VIAddVersionKey "LegalCopyright" "Copyright ${PUBLISHER}"

Var Before     ; the version that is installed, or nothing
Var OldFolder  ; where that is
Var Folder     ; the folder that a function looks at
Var RemoveData ; "yes" where saved accounts are removed too
Var Words      ; what the program said of that

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\${WINDOW_PROGRAM}"
!define MUI_PAGE_CUSTOMFUNCTION_PRE SkipWhereInstalled
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE LookAtFolder
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE un.AskAboutData
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

LangString OLD_WINDOWS ${LANG_ENGLISH} \
  "${NAME} needs Windows 10 version 1809 or newer, and a 64-bit processor."
LangString NEWER_INSTALLED ${LANG_ENGLISH} \
  "${NAME} $Before is installed, which is newer than ${VERSION}. Nothing was changed.$\r$\n$\r$\n\
  To go back to ${VERSION}, uninstall ${NAME} $Before first."
LangString OTHER_PROGRAM ${LANG_ENGLISH} \
  "$INSTDIR holds another program. Choose an empty folder."
LangString RUNNING ${LANG_ENGLISH} "${NAME} is running. Close it, then choose Retry."
LangString DATA_QUESTION ${LANG_ENGLISH} \
  "Remove your saved accounts, their passwords in Windows and your preferences too?$\r$\n$\r$\n\
  With No they are there again when ${NAME} is installed again."
LangString DATA_LEFT ${LANG_ENGLISH} \
  "Your saved accounts and passwords could not all be removed.$\r$\n$\r$\n$Words$\r$\n$\r$\n\
  Uninstall ${NAME} nevertheless?"

; Says why nothing is done, and ends.
!macro Refuse TEXT STATUS
  MessageBox MB_OK|MB_ICONSTOP "${TEXT}" /SD IDOK
  SetErrorLevel ${STATUS}
  Quit
!macroend

; Windows lets nobody write into a program that runs.
!macro NoteWhetherRunning PROGRAM
  ${If} ${FileExists} "$Folder\${PROGRAM}"
    ClearErrors
    FileOpen $0 "$Folder\${PROGRAM}" a
    ${If} ${Errors}
      StrCpy $1 "yes"
    ${Else}
      FileClose $0
    ${EndIf}
  ${EndIf}
!macroend

; Asks until no program in $Folder runs; ends where the person gives up, or nobody can be asked.
!macro DefineWaitUntilClosed PREFIX
Function ${PREFIX}WaitUntilClosed
  look:
  StrCpy $1 "no"
  !insertmacro NoteWhetherRunning "${WINDOW_PROGRAM}"
  !insertmacro NoteWhetherRunning "${TERMINAL_PROGRAM}"
  ${If} $1 == "yes"
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDCANCEL IDRETRY look
    SetErrorLevel ${STATUS_RUNNING}
    Quit
  ${EndIf}
FunctionEnd
!macroend
!insertmacro DefineWaitUntilClosed ""
!insertmacro DefineWaitUntilClosed "un."

; Known names only: a person may have chosen a folder with files of their own.
!macro RemoveProgram FOLDER
  Delete "${FOLDER}\${WINDOW_PROGRAM}"
  Delete "${FOLDER}\${TERMINAL_PROGRAM}"
  RMDir /r "${FOLDER}\_internal"
  Delete "${FOLDER}\${UNINSTALLER}"
  RMDir "${FOLDER}"
!macroend

; The program writes UTF-8, and nsExec reads it in the code page of Windows.
!macro DecodeWords
  StrCpy $2 $Words
  System::Alloc 4096
  Pop $1
  System::Call 'kernel32::WideCharToMultiByte(i 0, i 0, w r2, i -1, p r1, i 4096, p 0, p 0)'
  System::Call 'kernel32::MultiByteToWideChar(i 65001, i 0, p r1, i -1, w .r2, i ${NSIS_MAX_STRLEN})'
  System::Free $1
  ${TrimNewLines} "$2" $Words
!macroend

Function .onInit
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastBuild} ${OLDEST_BUILD}
    !insertmacro Refuse "$(OLD_WINDOWS)" ${STATUS_OLD_WINDOWS}
  ${EndIf}
  ReadRegStr $Before HKCU "${UNINSTALL_KEY}" "DisplayVersion"
  ReadRegStr $OldFolder HKCU "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $Before != ""
    ${VersionCompare} "$Before" "${VERSION}" $0
    ${If} $0 == 1
      !insertmacro Refuse "$(NEWER_INSTALLED)" ${STATUS_NEWER_INSTALLED}
    ${EndIf}
  ${EndIf}
FunctionEnd

; A newer version takes the place of the older one.
Function SkipWhereInstalled
  ${If} $Before != ""
  ${AndIf} $INSTDIR == $OldFolder
    Abort
  ${EndIf}
FunctionEnd

; _internal is a name that other programs use too, and it is replaced as a whole.
Function LookAtFolder
  ${If} ${FileExists} "$INSTDIR\_internal\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\${WINDOW_PROGRAM}"
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(OTHER_PROGRAM)" /SD IDOK
    Abort
  ${EndIf}
FunctionEnd

Section
  ${If} ${Silent}
  ${AndIf} ${FileExists} "$INSTDIR\_internal\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\${WINDOW_PROGRAM}"
    !insertmacro Refuse "$(OTHER_PROGRAM)" ${STATUS_OTHER_PROGRAM}
  ${EndIf}
  StrCpy $Folder $INSTDIR
  Call WaitUntilClosed
  ${If} $OldFolder != ""
  ${AndIf} $OldFolder != $INSTDIR
    StrCpy $Folder $OldFolder
    Call WaitUntilClosed
  ${EndIf}

  RMDir /r "$INSTDIR\_internal" ; a file that only the older version has would stay
  SetOutPath "$INSTDIR"
  File "${BUNDLE}/${WINDOW_PROGRAM}"
  File "${BUNDLE}/${TERMINAL_PROGRAM}"
  File /r "${BUNDLE}/_internal"
  WriteUninstaller "$INSTDIR\${UNINSTALLER}"
  ${If} $OldFolder != "" ; only now: where files cannot be written, the older version stays
  ${AndIf} $OldFolder != $INSTDIR
    FileOpen $0 "$INSTDIR\${MOVING}" w
    FileClose $0
    ${IfNot} ${FileExists} "$OldFolder\${MOVING}" ; else one folder with two names
      !insertmacro RemoveProgram "$OldFolder"
    ${EndIf}
    Delete "$INSTDIR\${MOVING}"
  ${EndIf}
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${WINDOW_PROGRAM}"

  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${WINDOW_PROGRAM}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "${PUBLISHER}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\${UNINSTALLER}"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\${UNINSTALLER}" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
SectionEnd

Function un.onInit
  StrCpy $RemoveData "no"
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} "$0" "/REMOVEDATA" $1
  ${IfNot} ${Errors}
    StrCpy $RemoveData "yes"
  ${EndIf}
FunctionEnd

Function un.AskAboutData
  StrCpy $RemoveData "no"
  MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(DATA_QUESTION)" IDNO asked
  StrCpy $RemoveData "yes"
  asked:
FunctionEnd

Section "Uninstall"
  SetDetailsPrint none
  SetOutPath "$TEMP" ; nobody can remove the folder that a program stands in
  SetDetailsPrint both
  StrCpy $Folder $INSTDIR
  Call un.WaitUntilClosed
  ${If} $RemoveData == "yes"
    SetDetailsView show
    nsExec::ExecToStack '"$INSTDIR\${TERMINAL_PROGRAM}" --remove-data --yes'
    Pop $0
    Pop $Words
    !insertmacro DecodeWords
    DetailPrint "$Words"
    ${If} $0 != 0
      MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "$(DATA_LEFT)" /SD IDNO IDYES go_on
      SetErrorLevel ${STATUS_DATA_LEFT}
      Quit
      go_on:
    ${EndIf}
  ${EndIf}
  !insertmacro RemoveProgram "$INSTDIR"
  ReadRegStr $0 HKCU "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $0 == $INSTDIR ; else the program was installed again elsewhere
    Delete "$SMPROGRAMS\${NAME}.lnk"
    DeleteRegKey HKCU "${UNINSTALL_KEY}"
  ${EndIf}
SectionEnd
