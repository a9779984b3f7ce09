# The examples of README and manual, to be read by sh.
#
#   examples_of PAGE DIR     the displayed blocks under EXAMPLES of a page,
#                            unescaped, as DIR/1, DIR/2, …
#   readme_blocks FILE DIR   those of README
#   readme_lines FILE DIR    its commands within a sentence that name a server
#   needs_server FILE        is it a command that needs one?

examples_of() {
	mkdir -p "$2"
	awk '/^\.Sh / { in_examples = /EXAMPLES/ }
	    in_examples && /^\.Bd -literal/ { n++; take = 1; next }
	    /^\.Ed/ { take = 0 }
	    take { gsub(/\\e/, "\\"); print > (out "/" n) }' out="$2" "$1"
}

readme_blocks() {
	mkdir -p "$2"
	awk '/^```sh/ { n++; take = 1; next }
	    /^```/ { take = 0 }
	    take { print > (out "/" n) }' out="$2" "$1"
}

readme_lines() {
	mkdir -p "$2"
	perl -0777 -e 'my $out = shift; my $n = 0; $_ = <>;
	    while (/[^`]`(cdc-[^`]* -h [^`]*)`/g) {
		open(my $f, ">", "$out/" . ++$n) or die;
		print $f "$1\n";
	    }' "$2" "$1"
}

needs_server() {
	grep -q ' -h ' "$1"
}
