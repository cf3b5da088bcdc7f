#!/bin/sh
# Installs the system libraries that Qt and Skia need on Debian and its kin; elsewhere, or where it may not, says how.
set -eu
[ "$(uname)" = Linux ] || exit 0

libraries="libgl1 libegl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4
libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 libxcb-xkb1 xvfb xauth"

if ! command -v dpkg-query >/dev/null; then
    echo "If the desk does not start, install what your distribution calls: $(echo $libraries)"
    exit 0
fi
missing=""
for library in $libraries; do
    dpkg-query --show --showformat '${db:Status-Status}' "$library" 2>/dev/null | grep -q '^installed' || missing="$missing $library"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ]; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
    echo "Qt needs system libraries. Run this once, then make again:"
    echo "  sudo apt-get install$missing"
    exit 1
fi
