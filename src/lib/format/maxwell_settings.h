/* SPDX-License-Identifier: MIT
 *
 * --maxwell: what Maxwell's configuration calls output_….
 */
#ifndef FORMAT_MAXWELL_SETTINGS_H
#define FORMAT_MAXWELL_SETTINGS_H

#include "record/name_set.h"

struct maxwell_settings {
	bool binlog_position, gtid_position, commit_info, xoffset, nulls,
	    server_id, thread_id, row_query, primary_keys,
	    primary_key_columns, push_timestamp, ddl, null_zerodates;
};

/* Maxwell's defaults, and what NAME or NAME=false says.  -1: ERR_USAGE. */
int maxwell_settings_read(struct maxwell_settings *on,
    const struct name_set *words, struct err *err);

#endif
