; What the installer tells Windows beyond its own keys: Galley is among the programs of "Open with" for pages, texts and
; stories, and takes nobody's double click. Windows knows a file by the last part of its name alone, so a story is offered
; as the .json it ends in.
!macro galleyOpens ENDING
  WriteRegStr SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}\SupportedTypes" "${ENDING}" ""
  WriteRegStr SHELL_CONTEXT "Software\Classes\${ENDING}\OpenWithList\${APP_EXECUTABLE_FILENAME}" "" ""
!macroend

!macro galleyOpensNoMore ENDING
  DeleteRegKey SHELL_CONTEXT "Software\Classes\${ENDING}\OpenWithList\${APP_EXECUTABLE_FILENAME}"
!macroend

!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}" "FriendlyAppName" "Galley"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
  !insertmacro galleyOpens ".html"
  !insertmacro galleyOpens ".htm"
  !insertmacro galleyOpens ".xhtml"
  !insertmacro galleyOpens ".txt"
  !insertmacro galleyOpens ".md"
  !insertmacro galleyOpens ".json"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, i 0, i 0)'
!macroend

!macro customUnInstall
  DeleteRegKey SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}"
  !insertmacro galleyOpensNoMore ".html"
  !insertmacro galleyOpensNoMore ".htm"
  !insertmacro galleyOpensNoMore ".xhtml"
  !insertmacro galleyOpensNoMore ".txt"
  !insertmacro galleyOpensNoMore ".md"
  !insertmacro galleyOpensNoMore ".json"
!macroend
