#!/bin/sh
# start-cache.sh make|remove: the start-up cache of an installed Assay. Making it runs the sample once, without a display, in a folder
# that is thrown away. Starts work without a cache, too, and take longer.
app=$(dirname "$(dirname "$(readlink -f "$0")")")
cache=$app/assay.aot
case "$1" in
  make)
    home=$(mktemp -d) || exit 1
    trap 'rm -rf "$home"' EXIT
    set --
    while IFS= read -r line; do
      case "$line" in
        java-options=-XX:AOTCache=*) ;;
        java-options=*) set -- "$@" "$(printf '%s' "${line#java-options=}" | sed "s|\$APPDIR|$app|g")" ;;
      esac
    done <"$app/assay.cfg"
    # The launcher's class path, in its order, or the cache would not be taken.
    path=$(sed -n "s|^app.classpath=\$APPDIR|$app|p" "$app/assay.cfg" | paste -s -d :)
    env -u DISPLAY -u WAYLAND_DISPLAY timeout 300 "$app/../runtime/bin/java" "$@" -Dassay.user.folder="$home" \
      -XX:AOTCacheOutput="$home/assay.aot" -cp "$path" dev.assay.Assay gui --out "$home/out" >"$home/log" 2>&1 || exit 1
    [ -s "$home/assay.aot" ] || exit 1
    mv "$home/assay.aot" "$cache.new" && chmod 644 "$cache.new" && mv "$cache.new" "$cache"
    ;;
  remove)
    rm -f "$cache" "$cache.new"
    ;;
  *)
    echo "start-cache.sh make|remove" >&2
    exit 2
    ;;
esac
