# What must be installed, on Debian.  To be read by sh.
#
#   install_packages NAME…   install those that are missing; $SUDO is put
#                            before apt-get

build_packages='gcc libc6-dev make autoconf automake pkg-config libpcre2-dev libdeflate-dev libzstd-dev libmariadb-dev libssl-dev libcurl4-openssl-dev'
test_packages='perl jq gzip bash mandoc groff-base shellcheck mariadb-server mariadb-client debootstrap ca-certificates openssl libasan8 libubsan1 kcat default-jre-headless curl python3 python3-venv redis-server'

install_packages() {
	missing=
	for package in "$@"; do
		dpkg-query -W -f '${Status}' "$package" 2>/dev/null |
		    grep -q 'ok installed' || missing="$missing $package"
	done
	if [ -z "$missing" ]; then
		echo "nothing is missing"
		return 0
	fi
	echo "apt-get install$missing"
	$SUDO apt-get update -qq
	$SUDO env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
	    --no-install-recommends $missing >/dev/null
}
