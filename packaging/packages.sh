# packages.sh - the Debian 12 packages, read by ./run and ./check.
# Why each: docs/decisions/0002-dependencies.md
RUN_PACKAGES="ca-certificates gcc libc6-dev make pkg-config libsqlite3-dev libpq-dev libzip-dev libxml2-dev
libxlsxwriter-dev libpango1.0-dev libcairo2-dev libsodium-dev libjansson-dev libssl-dev zlib1g-dev libbrotli-dev
libgumbo-dev libseccomp-dev libcurl4-openssl-dev poppler-utils fontconfig fonts-noto-cjk fonts-liberation"
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
