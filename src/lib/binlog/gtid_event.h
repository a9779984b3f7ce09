/* SPDX-License-Identifier: MIT
 *
 * GTID and GTID_LIST events.  https://mariadb.com/kb/en/gtid_event/ and
 * Gtid_log_event in sql/log_event.h.
 */
#ifndef BINLOG_GTID_EVENT_H
#define BINLOG_GTID_EVENT_H

#include "binlog/event.h"
#include "binlog/query_event.h"
#include "sql/lex.h"
#include "position/gtid.h"

enum {
	GTID_STANDALONE = 1,    /* one statement, and no COMMIT after it */
	GTID_GROUP_COMMIT_ID = 2,
	GTID_PREPARED_XA = 64,
	GTID_COMPLETED_XA = 128,

	GTID_EXTRA_MULTI_ENGINE = 1,
	GTID_EXTRA_START_ALTER = 2,
	GTID_EXTRA_COMMIT_ALTER = 4,
	GTID_EXTRA_ROLLBACK_ALTER = 8,
	GTID_EXTRA_THREAD_ID = 16,

	XID_FIXED = 4 + 1 + 1,  /* format u32, two lengths u8 */
	XID_MAX = XID_FIXED + 64 + 64,
};

struct gtid_event {
	struct gtid gtid;
	uint8_t flags, extra;
	uint32_t thread_id;     /* 0 if the log does not say */
	char xid[XID_MAX];      /* as it stands: XID_FIXED, then bytes */
	size_t xid_n;           /* 0: none */
};

/* The xid in the same form from MySQL's XA_PREPARE_LOG event, or from the
 * text of XA COMMIT and XA ROLLBACK; xid_n == 0 if it is none. */
void gtid_event_xid_of_prepare(
    struct gtid_event *gtid, const struct binlog_event *ev);
void gtid_event_xid_of_query(
    struct gtid_event *gtid, const struct query *query);

/* … or from the text of XA RECOVER FORMAT='SQL': gtrid[,bqual[,format]]. */
void gtid_event_xid_of_text(struct gtid_event *gtid, struct sql text);

int gtid_event_parse(struct gtid_event *gtid, const struct binlog_event *ev,
    struct err *err);

/* ERR_DATA if there are more domains than any server has: of a list, and of
 * what comes next, or NULL. */
int gtid_event_domains_fit(
    const struct gtid_list *list, const struct gtid *next, struct err *err);

/* A GTID_LIST event's newest entry of each domain. */
int gtid_event_list_parse(struct gtid_list *list,
    const struct binlog_event *ev, struct err *err);

#endif
