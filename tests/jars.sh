# Jars of Maven Central.  To be read by sh.
#
#   jars_fetch DIR LIST   what LIST names (path and SHA-256), once, into DIR

jars_central=${MAVEN_CENTRAL:-https://repo1.maven.org/maven2}

jars_fetch() {
	[ ! -d "$1" ] || return 0
	command -v java >/dev/null && command -v curl >/dev/null || return 1
	jars_new=$1.$$
	mkdir -p "$jars_new"
	while read -r path sum; do
		name=${path##*/}
		curl -sSfL --connect-timeout 10 --retry 3 -o "$jars_new/$name" \
		    "$jars_central/$path" &&
		    echo "$sum  $jars_new/$name" | sha256sum -c --quiet || {
			rm -rf "$jars_new"
			return 1
		}
	done <"$2"
	mv -T "$jars_new" "$1" 2>/dev/null || rm -rf "$jars_new"
}
