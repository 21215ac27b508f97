-- ---- table 三. Counting statements group by what the covering indexes hold.

-- t3_new :many
-- in   year int
-- out  unit_id int, applicant text, n int
SELECT unit_id, applicant, count(*) FROM request WHERE received_year = :year GROUP BY unit_id, applicant;

-- t3_new_of_unit :many
-- in   year int, unit_id int
-- out  applicant text, n int
SELECT applicant, count(*) FROM request WHERE received_year = :year AND unit_id = :unit_id GROUP BY applicant;

-- t3_results :many
-- in   year int
-- out  unit_id int, applicant text, outcome text, n int
SELECT unit_id, applicant, outcome, count(*) FROM request WHERE closed_year = :year GROUP BY unit_id, applicant, outcome;

-- t3_results_of_unit :many
-- in   year int, unit_id int
-- out  applicant text, outcome text, n int
SELECT applicant, outcome, count(*) FROM request WHERE closed_year = :year AND unit_id = :unit_id
GROUP BY applicant, outcome;

-- Received in or before the year and not closed by its end.
-- t3_open_at_end :many
-- in   year int, unit_id int
-- out  applicant text, n int
-- scan: groups the few requests of the partial index that span years
SELECT applicant, count(*) FROM request
WHERE (closed_year IS NULL OR closed_year <> received_year) AND received_year <= :year
	AND (closed_year IS NULL OR closed_year > :year) AND (:unit_id = 0 OR unit_id = :unit_id)
GROUP BY applicant;

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
-- scan: groups the proceedings concluded in one year, read from the covering index
SELECT route, outcome, count(*) FROM dispute WHERE concluded_year = :year AND (:unit_id = 0 OR unit_id = :unit_id)
GROUP BY route, outcome;

-- t4_pending :many
-- in   year int, unit_id int
-- out  route text, n int
-- scan: groups the few proceedings of the partial index that span years
SELECT route, count(*) FROM dispute
WHERE (concluded_year IS NULL OR concluded_year <> accepted_year) AND accepted_year <= :year
	AND (concluded_year IS NULL OR concluded_year > :year) AND (:unit_id = 0 OR unit_id = :unit_id)
GROUP BY route;

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

-- ---- the records behind a figure, a page at a time

-- records_new :many
-- in   year int, unit_id int, applicant text, after int, max int
-- out  id int, number text, unit_name text, content text, state text, received_on date?, closed_on date?
-- scan: sorts one year's requests by id for paging; the year's index has them by unit
SELECT r.id, r.number, u.name, r.content, r.state, r.received_on, r.closed_on FROM request r JOIN unit u ON u.id = r.unit_id
WHERE r.received_year = :year AND (:unit_id = 0 OR r.unit_id = :unit_id) AND (:applicant = '' OR r.applicant = :applicant)
	AND r.id > :after ORDER BY r.id LIMIT :max;

-- records_closed :many
-- in   year int, unit_id int, applicant text, outcome text, after int, max int
-- out  id int, number text, unit_name text, content text, state text, received_on date?, closed_on date?
-- scan: sorts one year's requests by id for paging; the year's index has them by unit
SELECT r.id, r.number, u.name, r.content, r.state, r.received_on, r.closed_on FROM request r JOIN unit u ON u.id = r.unit_id
WHERE r.closed_year = :year AND (:unit_id = 0 OR r.unit_id = :unit_id) AND (:applicant = '' OR r.applicant = :applicant)
	AND (:outcome = '' OR r.outcome = :outcome) AND r.id > :after ORDER BY r.id LIMIT :max;

-- records_open :many
-- in   year int, unit_id int, applicant text, after int, max int
-- out  id int, number text, unit_name text, content text, state text, received_on date?, closed_on date?
-- scan: sorts the few requests of the partial index that span years
SELECT r.id, r.number, u.name, r.content, r.state, r.received_on, r.closed_on FROM request r JOIN unit u ON u.id = r.unit_id
WHERE (r.closed_year IS NULL OR r.closed_year <> r.received_year) AND r.received_year <= :year
	AND (r.closed_year IS NULL OR r.closed_year > :year) AND (:unit_id = 0 OR r.unit_id = :unit_id)
	AND (:applicant = '' OR r.applicant = :applicant) AND r.id > :after ORDER BY r.id LIMIT :max;

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
