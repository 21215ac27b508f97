-- include "request/request.h"

-- ---- correction (Art. 30)

-- request_correction_of :one
-- in   request_id request_id
-- out  points sealed, guidance sealed, answer sealed?
SELECT points, guidance, answer FROM request_correction WHERE request_id = :request_id;

-- request_correction_insert :exec
-- in   request_id request_id, points sealed, guidance sealed, salt text
INSERT INTO request_correction (request_id, points, guidance, notice_salt)
VALUES (:request_id, :points, :guidance, :salt);

-- request_correction_answer :exec
-- in   request_id request_id, answer sealed, salt text
UPDATE request_correction SET answer = :answer, answer_salt = :salt WHERE request_id = :request_id;

-- ---- reasons (Art. 35)

-- request_explanation_of :one
-- in   request_id request_id
-- out  asked_on date, until_on date, since_on date, till_on date, requests int, stands bool, given_on date?, reasons sealed?, judged_on date?, judgement sealed?, delayed_until date?, delay_told_on date?
SELECT asked_on, until_on, since_on, till_on, requests, stands, given_on, reasons, judged_on, judgement,
	delayed_until, delay_told_on
FROM request_explanation WHERE request_id = :request_id;

-- request_explanation_insert :exec
-- in   request_id request_id, asked_on date, until_on date, since_on date, till_on date, requests int, stands bool
INSERT INTO request_explanation (request_id, asked_on, until_on, since_on, till_on, requests, stands)
VALUES (:request_id, :asked_on, :until_on, :since_on, :till_on, :requests, :stands);

-- request_explanation_given :exec
-- in   request_id request_id, given_on date, reasons sealed, salt text
UPDATE request_explanation SET given_on = :given_on, reasons = :reasons, salt = :salt
WHERE request_id = :request_id;

-- request_explanation_judged :exec
-- in   request_id request_id, judged_on date, judgement sealed
UPDATE request_explanation SET judged_on = :judged_on, judgement = :judgement WHERE request_id = :request_id;

-- request_explanation_delayed :exec
-- in   request_id request_id, until_on date, told_on date
UPDATE request_explanation SET delayed_until = :until_on, delay_told_on = :told_on WHERE request_id = :request_id;

-- ---- extension (Art. 33)

-- request_extension_last :one
-- in   request_id request_id
-- out  id int, days int, reason text, proposed_on date, proposed_by int, decided_on date?, approved bool, told_on date?
SELECT id, days, reason, proposed_on, proposed_by, decided_on, approved, told_on FROM request_extension
WHERE request_id = :request_id ORDER BY id DESC LIMIT 1;

-- request_extension_insert :exec
-- in   request_id request_id, days int, reason text, proposed_on date, proposed_by int
INSERT INTO request_extension (request_id, days, reason, proposed_on, proposed_by, approved)
VALUES (:request_id, :days, :reason, :proposed_on, :proposed_by, 0);

-- request_extension_decide :exec
-- in   id int, decided_on date, decided_by int, approved bool
UPDATE request_extension SET decided_on = :decided_on, decided_by = :decided_by, approved = :approved WHERE id = :id;

-- request_extension_tell :exec
-- in   id int, told_on date
UPDATE request_extension SET told_on = :told_on WHERE id = :id;

-- ---- splitting

-- request_whole_of :one
-- in   request_id request_id
-- out  id int, content sealed
SELECT w.id, w.content FROM request_part p JOIN request_whole w ON w.id = p.whole_id WHERE p.request_id = :request_id;

-- request_parts_of :many
-- in   whole_id int
-- out  request_id request_id
SELECT request_id FROM request_part WHERE whole_id = :whole_id ORDER BY part;

-- The form as it came, with the salt its commitment in the ledger was made with.
-- request_whole_insert :exec
-- in   id request_id
INSERT INTO request_whole (id, content, salt) SELECT id, content, salt FROM request WHERE id = :id;

-- request_part_insert :exec
-- in   whole_id request_id, part int, request_id request_id
INSERT INTO request_part (whole_id, part, request_id) VALUES (:whole_id, :part, :request_id);

-- request_set_content :exec
-- in   id request_id, content sealed, salt text
UPDATE request SET content = :content, salt = :salt WHERE id = :id;

-- ---- what a unit has settled

-- request_practice_row :one
-- in   unit_id unit_id
-- out  correction_days int, reasons_days int, reasons_stop bool
SELECT correction_days, reasons_days, reasons_stop FROM request_practice WHERE unit_id = :unit_id;

-- request_practice_set :exec
-- in   unit_id unit_id, correction_days int, reasons_days int, reasons_stop bool
INSERT INTO request_practice (unit_id, correction_days, reasons_days, reasons_stop)
VALUES (:unit_id, :correction_days, :reasons_days, :reasons_stop)
ON CONFLICT (unit_id) DO UPDATE SET correction_days = :correction_days, reasons_days = :reasons_days,
	reasons_stop = :reasons_stop;
