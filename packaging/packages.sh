# packages.sh - the Debian 12 packages, read by ./run and ./check.
# Why each: docs/decisions/0002-dependencies.md
RUN_PACKAGES="ca-certificates gcc libc6-dev make pkg-config libsqlite3-dev libpq-dev libzip-dev libxml2-dev
libxlsxwriter-dev libpango1.0-dev libcairo2-dev libsodium-dev libjansson-dev libgcrypt20-dev zlib1g-dev libbrotli-dev
libgumbo-dev libseccomp-dev libqrencode-dev libcurl4-openssl-dev poppler-utils fontconfig fonts-noto-cjk fonts-liberation"
CHECK_PACKAGES="clang libclang-rt-14-dev postgresql-15 postgresql-client-15 sqlite3 chromium util-linux
procps mandoc exim4-daemon-light"

# A Node.js that came from elsewhere is as good, and Debian's npm would not go beside it.
command -v node >/dev/null 2>&1 || CHECK_PACKAGES="$CHECK_PACKAGES nodejs"
command -v npm >/dev/null 2>&1 || CHECK_PACKAGES="$CHECK_PACKAGES npm"

# Installs those of $* that are missing; says so before it takes a minute.
install_packages() {
	missing=
	for p in "$@"; do
		dpkg-query -W -f='${Status}' "$p" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $p"
	done
	[ -z "$missing" ] && return 0
	echo "Installing from Debian:$missing" >&2
	sudo=
	if [ "$(id -u)" != 0 ]; then
		command -v sudo >/dev/null || { echo "Please install as root:$missing" >&2; exit 1; }
		sudo=sudo
	fi
	$sudo apt-get update -qq >&2 || exit 1
	# shellcheck disable=SC2086 # the list is words
	DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $missing >&2 || exit 1
}

# 仿宋 and 楷体 of official letters. Debian has simplified ones only inside a package of TeX that brings
# 280 MB with it; two files of it are enough (docs/decisions/0011-fonts-of-letters.md). Without
# them letters are set in 宋体, so that a machine without network is no obstacle.
FONT_PACKAGE=texlive-lang-chinese
FONT_FOLDER=/usr/local/share/fonts/gongkai
install_fonts() {
	fc-list : family 2>/dev/null | grep -qE 'FandolFang|仿宋|FangSong' && return 0
	echo "Installing 仿宋 and 楷体 from Debian's $FONT_PACKAGE (49 MB to download, 15 MB kept)" >&2
	sudo=
	[ "$(id -u)" = 0 ] || sudo=sudo
	fonts=$(mktemp -d) || return 0
	chmod 755 "$fonts"
	if (cd "$fonts" && apt-get download -qq "$FONT_PACKAGE" 2>/dev/null) &&
	   dpkg-deb --fsys-tarfile "$fonts"/*.deb | tar -xf - -C "$fonts" --wildcards \
	       '*/fandol/FandolFang-Regular.otf' '*/fandol/FandolKai-Regular.otf' '*/fandol/COPYING.gz'; then
		$sudo install -d "$FONT_FOLDER"
		find "$fonts" -type f \( -name '*.otf' -o -name COPYING.gz \) \
			-exec $sudo install -m 644 -t "$FONT_FOLDER" {} +
		$sudo fc-cache "$FONT_FOLDER" >/dev/null 2>&1
	else
		echo 'Not to be had; letters will be set in 宋体 (see docs/operating.md).' >&2
	fi
	rm -rf "$fonts"
}
