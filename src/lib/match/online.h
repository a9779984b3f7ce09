/* SPDX-License-Identifier: MIT
 *
 * The tables that online schema change tools keep beside the table they
 * change.  They fill one that replaces the table by a RENAME at the end.
 *
 *   gh-ost   _T_gho       replaces T
 *            _T_del       was T; _T_TIME_del, _T_rev_del
 *            _T_ghc, _T_ghk       tables of its own
 *   pt-osc   _T_new       replaces T
 *            _T_old       was T; both with up to ten _, if one is taken
 *
 * https://github.com/github/gh-ost/tree/master/doc,
 * https://docs.percona.com/percona-toolkit/pt-online-schema-change.html
 */
#ifndef MATCH_ONLINE_H
#define MATCH_ONLINE_H

#include <stdbool.h>

#include "base/err.h"
#include "base/span.h"

enum online_tool { ONLINE_GH_OST = 1, ONLINE_PT_OSC = 2 };

/* "gh-ost,pt-osc", into an unsigned of enum online_tool. */
int online_read(unsigned *tools, const char *text, struct err *err);

/* The same, to be told. */
const char *online_names(unsigned tools);

/* Call it for each table that `name` may be beside, until it says true: then
 * true.  has_rows: the table takes the other's place, or had it. */
typedef bool online_fn(void *arg, struct span table, bool has_rows);
bool online_beside(unsigned tools, struct span name, online_fn *fn,
    void *arg);

#endif
