#!/bin/sh
# desktop.sh install|remove: menu entry, icon, file types and the commands on PATH of Assay in /opt/assay.
# Nothing here may fail an installation: a server without a desktop lacks most of what is called.
app=/opt/assay
own=$app/lib/app/integration
root=${ASSAY_ROOT:-}

put() {
  mkdir -p "$root$(dirname "$2")" 2>/dev/null && cp "$1" "$root$2" 2>/dev/null && chmod 0644 "$root$2"
}

refresh() {
  [ -z "$root" ] || return 0
  command -v update-desktop-database >/dev/null 2>&1 && update-desktop-database -q /usr/share/applications
  # With no file type left the database is empty, which the tool takes for an error.
  command -v update-mime-database >/dev/null 2>&1 && [ -d /usr/share/mime/packages ] && update-mime-database /usr/share/mime
  command -v gtk-update-icon-cache >/dev/null 2>&1 && [ -f /usr/share/icons/hicolor/index.theme ] &&
    gtk-update-icon-cache -q -f /usr/share/icons/hicolor
  return 0
}

case ${1:-} in
  install)
    put "$own/assay.desktop" /usr/share/applications/assay.desktop
    put "$own/assay-mime.xml" /usr/share/mime/packages/assay.xml
    put "$app/lib/assay.png" /usr/share/icons/hicolor/256x256/apps/assay.png
    mkdir -p "$root/usr/bin"
    for name in assay assay-cli; do
      # A file that somebody else put there stays.
      if [ -L "$root/usr/bin/$name" ] || [ ! -e "$root/usr/bin/$name" ]; then
        ln -sf "$app/bin/$name" "$root/usr/bin/$name"
      fi
    done
    refresh
    ;;
  remove)
    rm -f "$root/usr/share/applications/assay.desktop" "$root/usr/share/mime/packages/assay.xml" \
      "$root/usr/share/icons/hicolor/256x256/apps/assay.png"
    for name in assay assay-cli; do
      if [ "$(readlink "$root/usr/bin/$name" 2>/dev/null)" = "$app/bin/$name" ]; then
        rm -f "$root/usr/bin/$name"
      fi
    done
    refresh
    # Folders that were made for these files alone.
    for folder in usr/share/icons/hicolor/256x256/apps usr/share/icons/hicolor/256x256 usr/share/icons/hicolor \
        usr/share/mime/packages usr/share/mime usr/share/applications; do
      rmdir "$root/$folder" 2>/dev/null
    done
    ;;
  *)
    echo "desktop.sh install|remove" >&2
    exit 2
    ;;
esac
exit 0
