/* SPDX-License-Identifier: MIT */
#include "apply/copy_hint.h"

#include "cli/groups.h"
#include "cli/shell_word.h"
#include "state/states.h"

#define OPTIONS struct apply_options

/* What writes the position into a file, where it is not this one's. */
void
copy_hint_open(struct applier *a)
{
	static const struct option_row server[] = {
		SERVER_ROWS(db),
		END_ROW
	};

	buf_str(&a->show, "cdc-apply");
	shell_word_put_options(&a->show, server, a->opt);
	buf_str(&a->show, " --offsets-db ");
	shell_word_put(&a->show, a->opt->offsets_db);
	buf_str(&a->show, " --name ");
	shell_word_put(&a->show, a->opt->name);
	buf_str(&a->show, " --show-state >FILE");
	a->progress.show = buf_cstr(&a->show);
}

/* A copy begins where there is one: who was killed has not written what it had
 * committed last, and cdc-snapshot did not know of it. */
int
copy_hint_refused(struct applier *a, struct err *err)
{
	const struct apply_options *opt = a->opt;
	struct err failure = { 0 };

	if (!a->progress.refused || !opt->state || opt->dry_run ||
	    state_is_told(opt->state, &a->position.stored))
		return -1;
	if (state_write(&a->position.stored, opt->state, &failure) < 0)
		*err = failure;
	if (failure.kind)
		return -1;
	err->kind = ERR_RETRY;
	err->hint[0] = '\0';
	return err_hint(err, "%s did not tell of it, as after a kill; it does "
	    "now: run both again, cdc-snapshot with --state %s", opt->state,
	    opt->state);
}
