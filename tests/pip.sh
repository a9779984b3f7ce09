# Programs of PyPI.  To be read by sh.
#
#   pip_fetch DIR LIST   an environment of Python in DIR, once, with what LIST
#                        names (package==version); its programs are in DIR/bin

pip_fetch() {
	[ ! -d "$1" ] || return 0
	pip_new=$1.$$
	# a program knows the folder of its environment by its first line
	python3 -m venv "$pip_new" >"$pip_new.log" 2>&1 &&
	    "$pip_new/bin/python" -m pip install -q --no-deps \
	    --disable-pip-version-check -r "$2" >>"$pip_new.log" 2>&1 &&
	    sed -i "1s|$pip_new/|$1/|" "$pip_new"/bin/* &&
	    mv -T "$pip_new" "$1" 2>/dev/null
	pip_status=$?
	[ $pip_status -eq 0 ] || tail -n 1 "$pip_new.log" >&2
	rm -rf "$pip_new" "$pip_new.log"
	[ -d "$1" ]
}
