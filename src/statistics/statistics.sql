-- ---- table 三. To group the rows of a year costs several times what it costs to count them. So each count goes by
-- the few keys there are (one look into the covering index finds the next) and counts a stretch of it for each.
-- unit_id 0 is every unit of the site.

-- All that touches the year: received in or before it, and open or closed in or after it. In the order of
-- request_years: pairs of years, then units, then applicants, then outcomes; and those that are open.
-- t3_now :many
-- in   year int, unit_id int
-- out  applicant text, outcome text?, received_year int, closed_year int?, n int
-- scan: pairs of years, the units of the site, a few dozen, and the keys found for them
WITH RECURSIVE received (year) AS (
	SELECT min(r.received_year) FROM request r
	UNION ALL
	SELECT (SELECT min(r.received_year) FROM request r WHERE r.received_year > k.year)
	FROM received k WHERE k.year < :year
), pair (received, closed) AS (
	SELECT k.year, (SELECT min(r.closed_year) FROM request r WHERE r.received_year = k.year
		AND r.closed_year >= :year)
	FROM received k WHERE k.year <= :year
	UNION ALL
	SELECT p.received, (SELECT min(r.closed_year) FROM request r WHERE r.received_year = p.received
		AND r.closed_year > p.closed)
	FROM pair p WHERE p.closed IS NOT NULL
), c (received, closed, unit_id, applicant) AS (
	SELECT p.received, p.closed, u.id, (SELECT min(r.applicant) FROM request r WHERE r.received_year = p.received
		AND r.closed_year = p.closed AND r.unit_id = u.id)
	FROM pair p CROSS JOIN unit u WHERE p.closed IS NOT NULL AND (:unit_id = 0 OR u.id = :unit_id)
	UNION ALL
	SELECT c.received, c.closed, c.unit_id, (SELECT min(r.applicant) FROM request r
		WHERE r.received_year = c.received AND r.closed_year = c.closed AND r.unit_id = c.unit_id
		AND r.applicant > c.applicant)
	FROM c WHERE c.applicant IS NOT NULL
), d (received, closed, unit_id, applicant, outcome) AS (
	SELECT c.received, c.closed, c.unit_id, c.applicant, (SELECT min(r.outcome) FROM request r
		WHERE r.received_year = c.received AND r.closed_year = c.closed AND r.unit_id = c.unit_id
		AND r.applicant = c.applicant)
	FROM c WHERE c.applicant IS NOT NULL
	UNION ALL
	SELECT d.received, d.closed, d.unit_id, d.applicant, (SELECT min(r.outcome) FROM request r
		WHERE r.received_year = d.received AND r.closed_year = d.closed AND r.unit_id = d.unit_id
		AND r.applicant = d.applicant AND r.outcome > d.outcome)
	FROM d WHERE d.outcome IS NOT NULL
), o (received, unit_id, applicant) AS (
	SELECT k.year, u.id, (SELECT min(r.applicant) FROM request r WHERE r.received_year = k.year
		AND r.closed_year IS NULL AND r.unit_id = u.id)
	FROM received k CROSS JOIN unit u WHERE k.year <= :year AND (:unit_id = 0 OR u.id = :unit_id)
	UNION ALL
	SELECT o.received, o.unit_id, (SELECT min(r.applicant) FROM request r WHERE r.received_year = o.received
		AND r.closed_year IS NULL AND r.unit_id = o.unit_id AND r.applicant > o.applicant)
	FROM o WHERE o.applicant IS NOT NULL
)
SELECT d.applicant, d.outcome, d.received, d.closed, (SELECT count(*) FROM request r
	WHERE r.received_year = d.received AND r.closed_year = d.closed AND r.unit_id = d.unit_id
	AND r.applicant = d.applicant AND r.outcome = d.outcome) AS n
FROM d WHERE d.outcome IS NOT NULL
UNION ALL
SELECT o.applicant, NULL, o.received, NULL, (SELECT count(*) FROM request r WHERE r.received_year = o.received
	AND r.closed_year IS NULL AND r.unit_id = o.unit_id AND r.applicant = o.applicant) AS n
FROM o WHERE o.applicant IS NOT NULL;

-- ---- the same as of a ledger position: rows last changed up to it, and what later changes replaced

-- t3_as_of :many
-- in   year int, unit_id int, position int
-- out  applicant text, outcome text?, received_year int, closed_year int?, n int
-- scan: an older state is counted from every row that touches the year, on demand only
SELECT applicant, outcome, received_year, closed_year, count(*) FROM (
	SELECT applicant, outcome, received_year, closed_year FROM request
	WHERE changed_seq <= :position AND received_year <= :year AND (closed_year IS NULL OR closed_year >= :year)
		AND (:unit_id = 0 OR unit_id = :unit_id)
	UNION ALL
	SELECT applicant, outcome, received_year, closed_year FROM request_history
	WHERE seq_from <= :position AND seq_to > :position AND received_year <= :year
		AND (closed_year IS NULL OR closed_year >= :year) AND (:unit_id = 0 OR unit_id = :unit_id)
) AS then_known GROUP BY applicant, outcome, received_year, closed_year;

-- ---- table 四

-- t4_concluded :many
-- in   year int, unit_id int
-- out  route text, outcome text, n int
-- scan: the units of the site, a few dozen, and the keys found for them
WITH RECURSIVE k (unit_id, route) AS (
	SELECT u.id, (SELECT min(d.route) FROM dispute d WHERE d.concluded_year = :year AND d.unit_id = u.id)
	FROM unit u WHERE :unit_id = 0 OR u.id = :unit_id
	UNION ALL
	SELECT k.unit_id, (SELECT min(d.route) FROM dispute d WHERE d.concluded_year = :year
		AND d.unit_id = k.unit_id AND d.route > k.route)
	FROM k WHERE k.route IS NOT NULL
), o (unit_id, route, outcome) AS (
	SELECT k.unit_id, k.route, (SELECT min(d.outcome) FROM dispute d WHERE d.concluded_year = :year
		AND d.unit_id = k.unit_id AND d.route = k.route)
	FROM k WHERE k.route IS NOT NULL
	UNION ALL
	SELECT o.unit_id, o.route, (SELECT min(d.outcome) FROM dispute d WHERE d.concluded_year = :year
		AND d.unit_id = o.unit_id AND d.route = o.route AND d.outcome > o.outcome)
	FROM o WHERE o.outcome IS NOT NULL
)
SELECT o.route, o.outcome, (SELECT count(*) FROM dispute d WHERE d.concluded_year = :year AND d.unit_id = o.unit_id
	AND d.route = o.route AND d.outcome = o.outcome) AS n
FROM o WHERE o.outcome IS NOT NULL;

-- t4_pending :many
-- in   year int, unit_id int
-- out  route text, n int
-- scan: groups the few proceedings of the partial index that span years
WITH RECURSIVE accepted (year) AS (
	SELECT min(d.accepted_year) FROM dispute d
	WHERE d.concluded_year IS NULL OR d.concluded_year <> d.accepted_year
	UNION ALL
	SELECT (SELECT min(d.accepted_year) FROM dispute d
		WHERE (d.concluded_year IS NULL OR d.concluded_year <> d.accepted_year) AND d.accepted_year > k.year)
	FROM accepted k WHERE k.year < :year
)
SELECT p.route, count(*) FROM (
	SELECT d.route, d.unit_id FROM accepted k CROSS JOIN dispute d
	WHERE k.year <= :year AND d.accepted_year = k.year AND d.concluded_year IS NULL
	UNION ALL
	SELECT d.route, d.unit_id FROM accepted k CROSS JOIN dispute d
	WHERE k.year <= :year AND d.accepted_year = k.year AND d.concluded_year <> d.accepted_year
		AND d.concluded_year > :year
) AS p WHERE :unit_id = 0 OR p.unit_id = :unit_id GROUP BY p.route;

-- t4_as_of :many
-- in   year int, unit_id int, position int
-- out  route text, outcome text?, accepted_year int, concluded_year int?, n int
-- scan: an older state is counted from every row that touches the year, on demand only
SELECT route, outcome, accepted_year, concluded_year, count(*) FROM (
	SELECT route, outcome, accepted_year, concluded_year FROM dispute
	WHERE changed_seq <= :position AND accepted_year <= :year AND (concluded_year IS NULL OR concluded_year >= :year)
		AND (:unit_id = 0 OR unit_id = :unit_id)
	UNION ALL
	SELECT route, outcome, accepted_year, concluded_year FROM dispute_history
	WHERE seq_from <= :position AND seq_to > :position AND accepted_year <= :year
		AND (concluded_year IS NULL OR concluded_year >= :year) AND (:unit_id = 0 OR unit_id = :unit_id)
) AS then_known GROUP BY route, outcome, accepted_year, concluded_year;

-- ---- table 二

-- t2_of_unit :many
-- in   year int, form text, unit_id int
-- out  cell text, hundredths int, source text
SELECT cell, hundredths, source FROM typed_figure WHERE year = :year AND form = :form AND unit_id = :unit_id ORDER BY cell;

-- How many units gave each cell, and the sum.
-- t2_of_site :many
-- in   year int, form text
-- out  cell text, hundredths int, units int
-- scan: groups one year's entries of all units, a few hundred rows
SELECT cell, CAST(sum(hundredths) AS @int@), count(*) FROM typed_figure WHERE year = :year AND form = :form GROUP BY cell;

-- t2_missing :one
-- in   year int, form text, cells int
-- out  units int
-- scan: counts the reporting units of a site, a few dozen, whose entries are not complete
SELECT count(*) FROM unit u WHERE u.reports = 1 AND u.closed_on IS NULL
	AND (SELECT count(*) FROM typed_figure t WHERE t.year = :year AND t.form = :form AND t.unit_id = u.id) < :cells;

-- t2_entry :one
-- in   year int, form text, unit_id int, cell text
-- out  hundredths int, source text, changed_seq int
SELECT hundredths, source, changed_seq FROM typed_figure
WHERE year = :year AND form = :form AND unit_id = :unit_id AND cell = :cell;

-- t2_history_insert :exec
-- in   year int, form text, unit_id int, cell text, hundredths int, source text, seq_from int, seq_to int
INSERT INTO typed_figure_history (year, form, unit_id, cell, hundredths, source, seq_from, seq_to)
VALUES (:year, :form, :unit_id, :cell, :hundredths, :source, :seq_from, :seq_to);

-- t2_write :exec
-- in   year int, form text, unit_id int, cell text, hundredths int, source text, changed_seq int
INSERT INTO typed_figure (unit_id, year, form, cell, hundredths, source, changed_seq)
VALUES (:unit_id, :year, :form, :cell, :hundredths, :source, :changed_seq)
ON CONFLICT (year, form, unit_id, cell) DO UPDATE SET hundredths = excluded.hundredths, source = excluded.source,
	changed_seq = excluded.changed_seq;

-- ---- fees: told in part six of the later form

-- fees_charged :one
-- in   unit_id int, first date, last date
-- out  notices int, fen int
-- scan: adds up the fees between two days, of which a site has few
SELECT count(*), CAST(coalesce(sum(fen), 0) AS @int@) FROM request_fee
WHERE (:unit_id = 0 OR unit_id = :unit_id) AND told_on >= :first AND told_on <= :last;

-- fees_paid :one
-- in   unit_id int, first date, last date
-- out  fen int
-- scan: as above
SELECT CAST(coalesce(sum(fen), 0) AS @int@) FROM request_fee
WHERE (:unit_id = 0 OR unit_id = :unit_id) AND paid_on >= :first AND paid_on <= :last;

-- records_charged :many
-- in   unit_id int, first date, last date, after int, max int
-- out  id int, number text, unit_name text, content sealed, day date, fen int, received_on date?, closed_on date?
-- scan: the fees between two days, a page of them by id
SELECT r.id, r.number, u.name, r.content, f.told_on, f.fen, r.received_on, r.closed_on
FROM request_fee f JOIN request r ON r.id = f.request_id JOIN unit u ON u.id = f.unit_id
WHERE (:unit_id = 0 OR f.unit_id = :unit_id) AND f.told_on >= :first AND f.told_on <= :last AND f.request_id > :after
ORDER BY f.request_id LIMIT :max;

-- records_paid :many
-- in   unit_id int, first date, last date, after int, max int
-- out  id int, number text, unit_name text, content sealed, day date, fen int, received_on date?, closed_on date?
-- scan: as above
SELECT r.id, r.number, u.name, r.content, f.paid_on, f.fen, r.received_on, r.closed_on
FROM request_fee f JOIN request r ON r.id = f.request_id JOIN unit u ON u.id = f.unit_id
WHERE (:unit_id = 0 OR f.unit_id = :unit_id) AND f.paid_on >= :first AND f.paid_on <= :last AND f.request_id > :after
ORDER BY f.request_id LIMIT :max;

-- ---- the records behind a figure, a page at a time

-- records_new :many
-- in   year int, unit_id int, applicant text, after int, max int
-- out  id int, number text, unit_name text, content sealed, state text, received_on date?, closed_on date?
-- scan: sorts one year's ids for paging, from the index alone, which has them by unit; then fetches a page of them
SELECT r.id, r.number, u.name, r.content, r.state, r.received_on, r.closed_on FROM (
	SELECT id FROM request WHERE received_year = :year AND (:unit_id = 0 OR unit_id = :unit_id)
		AND (:applicant = '' OR applicant = :applicant)
		AND id > :after ORDER BY id LIMIT :max
) AS k JOIN request r ON r.id = k.id JOIN unit u ON u.id = r.unit_id ORDER BY r.id;

-- records_closed :many
-- in   year int, unit_id int, applicant text, outcome text, after int, max int
-- out  id int, number text, unit_name text, content sealed, state text, received_on date?, closed_on date?
-- scan: sorts one year's ids for paging, from the index alone, which has them by year received; then fetches a page
WITH RECURSIVE received (year) AS (
	SELECT min(r.received_year) FROM request r
	UNION ALL
	SELECT (SELECT min(r.received_year) FROM request r WHERE r.received_year > k.year)
	FROM received k WHERE k.year < :year
)
SELECT r.id, r.number, u.name, r.content, r.state, r.received_on, r.closed_on FROM (
	SELECT q.id FROM received k CROSS JOIN request q WHERE q.received_year = k.year AND q.closed_year = :year
		AND (:unit_id = 0 OR q.unit_id = :unit_id) AND (:applicant = '' OR q.applicant = :applicant)
		AND (:outcome = '' OR q.outcome = :outcome) AND q.id > :after ORDER BY q.id LIMIT :max
) AS k JOIN request r ON r.id = k.id JOIN unit u ON u.id = r.unit_id ORDER BY r.id;

-- records_open :many
-- in   year int, unit_id int, applicant text, after int, max int
-- out  id int, number text, unit_name text, content sealed, state text, received_on date?, closed_on date?
-- scan: sorts the ids of the few requests that were open at the end of a year, from the index alone
WITH RECURSIVE received (year) AS (
	SELECT min(r.received_year) FROM request r
	UNION ALL
	SELECT (SELECT min(r.received_year) FROM request r WHERE r.received_year > k.year)
	FROM received k WHERE k.year < :year
)
SELECT r.id, r.number, u.name, r.content, r.state, r.received_on, r.closed_on FROM (
	SELECT o.id FROM (
		SELECT q.id FROM received k CROSS JOIN request q WHERE k.year <= :year AND q.received_year = k.year
			AND q.closed_year IS NULL AND (:unit_id = 0 OR q.unit_id = :unit_id)
			AND (:applicant = '' OR q.applicant = :applicant) AND q.id > :after
		UNION ALL
		SELECT q.id FROM received k CROSS JOIN request q WHERE k.year <= :year AND q.received_year = k.year
			AND q.closed_year > :year AND (:unit_id = 0 OR q.unit_id = :unit_id)
			AND (:applicant = '' OR q.applicant = :applicant) AND q.id > :after
	) AS o ORDER BY o.id LIMIT :max
) AS k JOIN request r ON r.id = k.id JOIN unit u ON u.id = r.unit_id ORDER BY r.id;

-- records_concluded :many
-- in   year int, unit_id int, route text, outcome text, after int, max int
-- out  id int, number text, unit_name text, content text, state text, accepted_on date, concluded_on date?
-- scan: sorts one year's proceedings by id for paging
SELECT d.id, d.case_no, u.name, d.organ, d.result, d.accepted_on, d.concluded_on FROM dispute d JOIN unit u ON u.id = d.unit_id
WHERE d.concluded_year = :year AND (:unit_id = 0 OR d.unit_id = :unit_id) AND d.route = :route
	AND (:outcome = '' OR d.outcome = :outcome) AND d.id > :after ORDER BY d.id LIMIT :max;

-- records_pending :many
-- in   year int, unit_id int, route text, after int, max int
-- out  id int, number text, unit_name text, content text, state text, accepted_on date, concluded_on date?
-- scan: sorts the few proceedings that span years
SELECT d.id, d.case_no, u.name, d.organ, d.result, d.accepted_on, d.concluded_on FROM dispute d JOIN unit u ON u.id = d.unit_id
WHERE (d.concluded_year IS NULL OR d.concluded_year <> d.accepted_year) AND d.accepted_year <= :year
	AND (d.concluded_year IS NULL OR d.concluded_year > :year) AND (:unit_id = 0 OR d.unit_id = :unit_id)
	AND d.route = :route AND d.id > :after ORDER BY d.id LIMIT :max;

-- records_both4 :many
-- in   year int, unit_id int, route text, after int, max int
-- out  id int, number text, unit_name text, content text, state text, accepted_on date, concluded_on date?
-- scan: sorts one year's proceedings by id for paging
SELECT d.id, d.case_no, u.name, d.organ, d.result, d.accepted_on, d.concluded_on FROM dispute d JOIN unit u ON u.id = d.unit_id
WHERE d.accepted_year <= :year AND (d.concluded_year IS NULL OR d.concluded_year >= :year)
	AND (:unit_id = 0 OR d.unit_id = :unit_id) AND d.route = :route AND d.id > :after ORDER BY d.id LIMIT :max;

-- ---- the same as of a ledger position. part: new, closed or open at the end of the year

-- records_as_of :many
-- in   year int, unit_id int, position int, part text, applicant text, outcome text, after int, max int
-- out  id int, number text, unit_name text, content sealed, applicant text, outcome text?, received_on date?, closed_on date?, closed_year int?
-- scan: an older state is looked for among every row that touches the year, on demand only
SELECT r.id, r.number, u.name, r.content, k.applicant, k.outcome, r.received_on, r.closed_on, k.closed_year FROM (
	SELECT id, unit_id, applicant, outcome, received_year, closed_year FROM request WHERE changed_seq <= :position
	UNION ALL
	SELECT request_id, unit_id, applicant, outcome, received_year, closed_year FROM request_history
	WHERE seq_from <= :position AND seq_to > :position
) AS k JOIN request r ON r.id = k.id JOIN unit u ON u.id = k.unit_id
WHERE k.received_year <= :year AND (:unit_id = 0 OR k.unit_id = :unit_id)
	AND (:applicant = '' OR k.applicant = :applicant) AND (:outcome = '' OR k.outcome = :outcome)
	AND (:part <> 'new' OR k.received_year = :year) AND (:part <> 'closed' OR k.closed_year = :year)
	AND (:part <> 'open' OR k.closed_year IS NULL OR k.closed_year > :year) AND k.id > :after
ORDER BY k.id LIMIT :max;

-- part: concluded in the year, pending at its end, or both
-- records4_as_of :many
-- in   year int, unit_id int, position int, part text, route text, outcome text, after int, max int
-- out  id int, number text, unit_name text, content text, outcome text?, accepted_on date, concluded_on date?, concluded_year int?
-- scan: as above, of proceedings
SELECT d.id, d.case_no, u.name, d.organ, k.outcome, d.accepted_on, d.concluded_on, k.concluded_year FROM (
	SELECT id, unit_id, route, outcome, accepted_year, concluded_year FROM dispute WHERE changed_seq <= :position
	UNION ALL
	SELECT dispute_id, unit_id, route, outcome, accepted_year, concluded_year FROM dispute_history
	WHERE seq_from <= :position AND seq_to > :position
) AS k JOIN dispute d ON d.id = k.id JOIN unit u ON u.id = k.unit_id
WHERE k.accepted_year <= :year AND (:unit_id = 0 OR k.unit_id = :unit_id) AND k.route = :route
	AND (:outcome = '' OR k.outcome = :outcome) AND (k.concluded_year IS NULL OR k.concluded_year >= :year)
	AND (:part <> 'concluded' OR k.concluded_year = :year)
	AND (:part <> 'pending' OR k.concluded_year IS NULL OR k.concluded_year > :year) AND k.id > :after
ORDER BY k.id LIMIT :max;

-- ---- requests that were not needed

-- avoided_count :one
-- in   year int, unit_id int
-- out  avoided int
-- scan: one year's stretch of an index; with a unit, that unit's
SELECT count(*) FROM apply_avoided WHERE year = :year AND (:unit_id = 0 OR unit_id = :unit_id);

-- records_avoided :many
-- in   year int, unit_id int, after int, max int
-- out  id int, unit_name text, title text, source text, found_on date
SELECT a.id, u.name, a.title, a.source, a.found_on FROM apply_avoided a JOIN unit u ON u.id = a.unit_id
WHERE a.year = :year AND (:unit_id = 0 OR a.unit_id = :unit_id) AND a.id > :after ORDER BY a.id LIMIT :max;
