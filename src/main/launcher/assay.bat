@echo off
rem Starts Assay: finds a JDK 25 or newer and hands it the options in lib\*.options and the arguments.
rem JAVA_HOME, then the java on PATH, then the usual folders. ASSAY_JAVA_OPTS: more options for the JVM (such as -Xmx8g).
setlocal EnableExtensions DisableDelayedExpansion
set "NEEDED=25"
for %%I in ("%~dp0..") do set "ASSAY_TREE=%%~fI"
set "JDK="

if defined JAVA_HOME call :try "%JAVA_HOME%"
if defined JDK goto run
for %%I in (java.exe) do if not "%%~$PATH:I"=="" for %%J in ("%%~dp$PATH:I..") do call :try "%%~fJ"
if defined JDK goto run
for %%R in ("%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Java" "%ProgramFiles%\Microsoft" "%ProgramFiles%\Zulu" "%ProgramFiles%\Amazon Corretto" "%ProgramFiles%\BellSoft" "%LOCALAPPDATA%\Programs\Eclipse Adoptium" "%USERPROFILE%\.jdks" "%USERPROFILE%\scoop\apps") do (
  if exist "%%~R\" for /d %%D in ("%%~R\*") do if not defined JDK call :try "%%~fD"
)
if defined JDK goto run
echo Assay needs a JDK %NEEDED% or newer and found none: install one ^(for example Eclipse Temurin %NEEDED%^) and set JAVA_HOME to its folder. 1>&2
exit /b 1

:run
rem What the preferences say of the JVM, such as its memory.
set OWN=
if exist "%APPDATA%\Assay\jvm.options" set OWN="@%APPDATA%\Assay\jvm.options"
"%JDK%\bin\java.exe" "@%ASSAY_TREE%\lib\jvm.options" "@%ASSAY_TREE%\lib\javafx.options" %OWN% --module-path "%ASSAY_TREE%\lib\javafx" "-Dassay.home=%ASSAY_TREE%" %ASSAY_JAVA_OPTS% -cp "%ASSAY_TREE%\lib\*" dev.assay.Assay %*
exit /b %ERRORLEVEL%

rem :try FOLDER sets JDK when the release file there names a version that is new enough.
:try
if not exist "%~1\bin\java.exe" exit /b 0
if not exist "%~1\release" exit /b 0
set "VERSION="
for /f "tokens=2 delims==" %%V in ('findstr /b /c:"JAVA_VERSION=" "%~1\release"') do for /f "tokens=1 delims=." %%M in ("%%~V") do set "VERSION=%%M"
if not defined VERSION exit /b 0
if %VERSION% GEQ %NEEDED% set "JDK=%~1"
exit /b 0
