/* SPDX-License-Identifier: MIT
 *
 * The answer to a _bulk request of Elasticsearch and OpenSearch: an item for
 * each action, each with a status of its own.
 */
#ifndef POST_ES_ANSWER_H
#define POST_ES_ANSWER_H

#include "sink/sink.h"

/* How many actions a body of --to es-bulk has. */
size_t es_answer_actions(struct span body);

/* Mark records, which have so many actions each, by the items of an answer:
 * done (a version conflict is, too: a newer one is there already), bad, or
 * neither.  0: all are marked; -1: ERR_RETRY, some come again; ERR_CONFIG, it
 * is no such answer. */
int es_answer_judge(struct sink_batch *b, const size_t *places,
    const size_t *actions, size_t n, struct span answer, struct err *err);

#endif
