/*
 * tariff.h - 信息处理费: what the two tariffs ask for, as a function of a number. Pure.
 *
 * 《政府信息公开信息处理费管理办法》 (国办函〔2020〕109号). A tariff is a list of
 * bands with the days between which it holds; there is none before 2021-01-01. Both count from 1
 * and rise by parts (超额累进): each unit costs what its own band says.
 *
 *   p(k)  the k-th request of one applicant at one agency in a natural month
 *   F(n)  the first n of them: p(1) + … + p(n)
 *   Q(m)  m pages of one request
 */
#ifndef FEE_TARIFF_H
#define FEE_TARIFF_H

#include "base/date.h"
#include "base/err.h"

enum fee_kind {
	FEE_BY_PIECE,	 /* 按件计收 */
	FEE_BY_QUANTITY, /* 按量计收 */
	FEE_KINDS,
};
/* From the unit `first` to `last` each costs fen; last 0: the rest, dearer by rise every step. */
struct fee_band {
	int64_t first, last;
	int64_t fen;
	int64_t step, rise; /* step 0: one price */
};
struct fee_tariff {
	enum fee_kind kind;
	const char *code;	   /* piece, quantity */
	struct str label;	   /* 按件计收 */
	struct str unit;	   /* 件, 页 */
	struct str basis;	   /* the article */
	struct date from;	   /* in force from that day … */
	struct opt_date until;	   /* … to that; unknown: still */
	const struct fee_band *bands; /* joined, the first from 1, the last open */
	size_t bands_count;
};
extern const struct fee_tariff fee_tariffs[];
extern const size_t fee_tariffs_count;
/* NULL: there was none on that day. */
const struct fee_tariff *fee_tariff_on(enum fee_kind kind, struct date day);

struct str fee_kind_code(enum fee_kind kind);
struct str fee_kind_label(enum fee_kind kind);
bool fee_kind_from(struct str code, enum fee_kind *out);

/* Requests or pages of one computation; ours, and far above what anybody sends. */
enum { FEE_UNITS_MAX = 100000 };

/* Of the unit numbered k, 1 <= k <= FEE_UNITS_MAX: for the tariff by piece this is p(k). */
int64_t fee_price(const struct fee_tariff *tariff, int64_t k);

/* A part of one price: the units first to last, so many of them. */
struct fee_line {
	int64_t first, last, count;
	int64_t fen_each, fen;
};
struct fee_work {
	const struct fee_tariff *tariff;
	int64_t first, last; /* the units that were asked about */
	struct fee_line *lines;
	size_t lines_count;
	int64_t fen;
};
/*
 * The units first to last, band by band: F(n) and Q(m) from 1, p(k) from k to k.
 * 1 <= first <= last <= FEE_UNITS_MAX.
 */
struct fee_work fee_work(struct arena *a, const struct fee_tariff *tariff, int64_t first,
			 int64_t last);

/* 第11件至第30件的部分，每件100元：20件×100元=2000元 */
struct str fee_line_text(struct arena *a, const struct fee_work *work, const struct fee_line *line);
/* All lines and their sum in one sentence, without a stop at its end. */
struct str fee_work_text(struct arena *a, const struct fee_work *work);
/* 11—30件（含30件）的部分 and 100元/件, for the printed tariff. */
struct str fee_band_text(struct arena *a, const struct fee_tariff *tariff,
			 const struct fee_band *band);
struct str fee_band_price(struct arena *a, const struct fee_tariff *tariff,
			  const struct fee_band *band);
/* 100, 12.50: yuan without needless noughts. */
struct str fee_yuan(struct arena *a, int64_t fen);
#endif
