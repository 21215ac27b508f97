-- include "request/request.h"

-- ---- the month of an applicant

-- By day, then register number (a longer one is a later one), then id. From the agency's month to the persons,
-- and not the other way: a month is bounded, and who excels in asking has thousands of forms over the years.
-- fee_place_row :one
-- in   person_key text, unit_id unit_id, first date, last date, received_on date, number text, id request_id, ended int, quantity int
-- out  place int, total int
SELECT count(*) FILTER (WHERE r.received_on < :received_on OR (r.received_on = :received_on AND (length(r.number) < length(:number)
		OR (length(r.number) = length(:number) AND (r.number < :number OR (r.number = :number AND r.id <= :id)))))),
	count(*)
FROM request r JOIN identity i ON i.id = r.applicant_id LEFT JOIN request_fee f ON f.request_id = r.id
WHERE i.person_key = :person_key AND i.person_key <> '' AND r.unit_id = :unit_id
	AND r.applicant_id IS NOT NULL AND r.received_on >= :first AND r.received_on <= :last
	AND (r.id = :id OR ((:ended = 1 OR (r.decision <> 'withdraw' AND r.decision <> 'close_uncorrected'))
		AND (:quantity = 1 OR coalesce(f.tariff, '') <> 'quantity')));

-- fee_month_rows :many
-- in   person_key text, unit_id unit_id, first date, last date, id request_id, ended int, quantity int, max int
-- out  id request_id, number text, received_on date, state text, fen int?
-- scan: sorted, since a month has few
SELECT r.id, r.number, r.received_on, r.state, f.fen
FROM request r JOIN identity i ON i.id = r.applicant_id LEFT JOIN request_fee f ON f.request_id = r.id
WHERE i.person_key = :person_key AND i.person_key <> '' AND r.unit_id = :unit_id
	AND r.applicant_id IS NOT NULL AND r.received_on >= :first AND r.received_on <= :last
	AND (r.id = :id OR ((:ended = 1 OR (r.decision <> 'withdraw' AND r.decision <> 'close_uncorrected'))
		AND (:quantity = 1 OR coalesce(f.tariff, '') <> 'quantity')))
ORDER BY r.received_on, length(r.number), r.number, r.id LIMIT :max;

-- ---- settings

-- fee_practice_row :one
-- in   unit_id unit_id
-- out  tariff text, ended_count bool, quantity_counts bool, sheet_pages int, pay_how text
SELECT tariff, ended_count, quantity_counts, sheet_pages, pay_how FROM fee_practice WHERE unit_id = :unit_id;

-- fee_practice_write :exec
-- in   unit_id unit_id, tariff text, ended_count bool, quantity_counts bool, sheet_pages int, pay_how text
INSERT INTO fee_practice (unit_id, tariff, ended_count, quantity_counts, sheet_pages, pay_how)
VALUES (:unit_id, :tariff, :ended_count, :quantity_counts, :sheet_pages, :pay_how)
ON CONFLICT (unit_id) DO UPDATE SET tariff = excluded.tariff, ended_count = excluded.ended_count,
	quantity_counts = excluded.quantity_counts, sheet_pages = excluded.sheet_pages, pay_how = excluded.pay_how;

-- ---- fees

-- fee_refund_write :exec
-- in   request_id request_id, refunded_on date, fen int
UPDATE request_fee SET refunded_on = :refunded_on, refunded_fen = :fen WHERE request_id = :request_id;

-- What has become of each follows from its request, so that nothing has to be kept alike.
-- fee_rows_unit :many
-- in   unit_id unit_id, state text, today date, first date, last date, before_on date, before_id int, max int
-- out  request_id request_id, state text
SELECT f.request_id, CASE WHEN f.paid_on IS NOT NULL THEN 'paid' WHEN r.outcome = 'other_overdue_fee' THEN 'lapsed'
	WHEN r.closed_on IS NOT NULL THEN 'dropped' WHEN f.served_on IS NULL THEN 'sent'
	WHEN f.pay_until < :today THEN 'late' ELSE 'due' END
FROM request_fee f JOIN request r ON r.id = f.request_id
WHERE f.unit_id = :unit_id AND f.told_on >= :first AND f.told_on <= :last
	AND (f.told_on < :before_on OR (f.told_on = :before_on AND f.request_id < :before_id))
	AND (:state = '' OR :state = CASE WHEN f.paid_on IS NOT NULL THEN 'paid' WHEN r.outcome = 'other_overdue_fee' THEN 'lapsed'
		WHEN r.closed_on IS NOT NULL THEN 'dropped' WHEN f.served_on IS NULL THEN 'sent'
		WHEN f.pay_until < :today THEN 'late' ELSE 'due' END)
ORDER BY f.told_on DESC, f.request_id DESC LIMIT :max;

-- fee_rows_all :many
-- in   state text, today date, first date, last date, before_on date, before_id int, max int
-- out  request_id request_id, state text
SELECT f.request_id, CASE WHEN f.paid_on IS NOT NULL THEN 'paid' WHEN r.outcome = 'other_overdue_fee' THEN 'lapsed'
	WHEN r.closed_on IS NOT NULL THEN 'dropped' WHEN f.served_on IS NULL THEN 'sent'
	WHEN f.pay_until < :today THEN 'late' ELSE 'due' END
FROM request_fee f JOIN request r ON r.id = f.request_id
WHERE f.told_on >= :first AND f.told_on <= :last
	AND (f.told_on < :before_on OR (f.told_on = :before_on AND f.request_id < :before_id))
	AND (:state = '' OR :state = CASE WHEN f.paid_on IS NOT NULL THEN 'paid' WHEN r.outcome = 'other_overdue_fee' THEN 'lapsed'
		WHEN r.closed_on IS NOT NULL THEN 'dropped' WHEN f.served_on IS NULL THEN 'sent'
		WHEN f.pay_until < :today THEN 'late' ELSE 'due' END)
ORDER BY f.told_on DESC, f.request_id DESC LIMIT :max;

-- fee_sums :one
-- in   unit_id int, state text, today date, first date, last date
-- out  notices int, charged int, paid_count int, paid int, refunded int
-- scan: adds up the fees between two days, of which a site has few
SELECT count(*), CAST(coalesce(sum(f.fen), 0) AS @int@), count(f.paid_on),
	CAST(coalesce(sum(CASE WHEN f.paid_on IS NOT NULL THEN f.fen ELSE 0 END), 0) AS @int@),
	CAST(coalesce(sum(f.refunded_fen), 0) AS @int@)
FROM request_fee f JOIN request r ON r.id = f.request_id
WHERE (:unit_id = 0 OR f.unit_id = :unit_id) AND f.told_on >= :first AND f.told_on <= :last
	AND (:state = '' OR :state = CASE WHEN f.paid_on IS NOT NULL THEN 'paid' WHEN r.outcome = 'other_overdue_fee' THEN 'lapsed'
		WHEN r.closed_on IS NOT NULL THEN 'dropped' WHEN f.served_on IS NULL THEN 'sent'
		WHEN f.pay_until < :today THEN 'late' ELSE 'due' END);
