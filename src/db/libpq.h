/* libpq.h - what postgres.c calls of libpq, which is loaded with the first site on PostgreSQL. */
#ifndef DB_LIBPQ_H
#define DB_LIBPQ_H

#include "base/library.h"

#include <libpq-fe.h>

#define PQ_FUNCTIONS(F)                                                                            \
	F(PQclear) F(PQcmdStatus) F(PQcmdTuples) F(PQconnectdbParams) F(PQdb)                      \
	F(PQdescribePrepared) F(PQerrorMessage) F(PQexec) F(PQexecPrepared) F(PQfinish) F(PQftype) \
	F(PQgetisnull) F(PQgetlength) F(PQgetvalue) F(PQnfields) F(PQntuples) F(PQprepare)         \
	F(PQresultErrorField) F(PQresultStatus) F(PQsetNoticeProcessor) F(PQstatus)

struct pq { PQ_FUNCTIONS(LIBRARY_FUNCTION) };
#endif
