-- Rows of before a column was sealed: read a stretch at a time, in order of their key; plain: something in the row
-- does not bear the mark. Column names are those that the rooms seal by: a sealed text is bound to its field's name.

-- seal_place :one
-- out  value text
SELECT value FROM setting WHERE name = 'sealed.place';

-- seal_place_write :exec
-- in   value text
INSERT INTO setting (name, value) VALUES ('sealed.place', :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- seal_corrections :many
-- in   after int, mark text, max int
-- out  id int, plain bool, points sealed, guidance sealed, answer sealed?
SELECT request_id, CASE WHEN (points <> '' AND substr(points, 1, 1) <> :mark) OR
		(guidance <> '' AND substr(guidance, 1, 1) <> :mark) OR (answer <> '' AND substr(answer, 1, 1) <> :mark) THEN 1 ELSE 0 END, points, guidance, answer FROM request_correction
WHERE request_id > :after ORDER BY request_id LIMIT :max;

-- seal_corrections_write :exec
-- in   id int, points sealed, guidance sealed, answer sealed?
UPDATE request_correction SET points = :points, guidance = :guidance, answer = :answer WHERE request_id = :id;

-- seal_explanations :many
-- in   after int, mark text, max int
-- out  id int, plain bool, reasons sealed?, judgement sealed?
SELECT request_id, CASE WHEN (reasons <> '' AND substr(reasons, 1, 1) <> :mark) OR
		(judgement <> '' AND substr(judgement, 1, 1) <> :mark) THEN 1 ELSE 0 END, reasons, judgement FROM request_explanation
WHERE request_id > :after ORDER BY request_id LIMIT :max;

-- seal_explanations_write :exec
-- in   id int, reasons sealed?, judgement sealed?
UPDATE request_explanation SET reasons = :reasons, judgement = :judgement WHERE request_id = :id;

-- seal_inquiries :many
-- in   after int, mark text, max int
-- out  id int, plain bool, target sealed, contact sealed, asked sealed, opinion sealed, told_reason sealed
SELECT id, CASE WHEN (target <> '' AND substr(target, 1, 1) <> :mark)
		OR (contact <> '' AND substr(contact, 1, 1) <> :mark)
		OR (asked <> '' AND substr(asked, 1, 1) <> :mark)
		OR (opinion <> '' AND substr(opinion, 1, 1) <> :mark)
		OR (told_reason <> '' AND substr(told_reason, 1, 1) <> :mark) THEN 1 ELSE 0 END, target, contact, asked, opinion, told_reason FROM request_inquiry
WHERE id > :after ORDER BY id LIMIT :max;

-- seal_inquiries_write :exec
-- in   id int, target sealed, contact sealed, asked sealed, opinion sealed, told_reason sealed
UPDATE request_inquiry SET target = :target, contact = :contact, asked = :asked, opinion = :opinion, told_reason = :told_reason WHERE id = :id;

-- seal_wholes :many
-- in   after int, mark text, max int
-- out  id int, plain bool, content sealed
SELECT id, CASE WHEN (content <> '' AND substr(content, 1, 1) <> :mark) THEN 1 ELSE 0 END, content FROM request_whole
WHERE id > :after ORDER BY id LIMIT :max;

-- seal_wholes_write :exec
-- in   id int, content sealed
UPDATE request_whole SET content = :content WHERE id = :id;

-- seal_gates :many
-- in   after int, mark text, max int
-- out  id int, plain bool, remark sealed
SELECT id, CASE WHEN (remark <> '' AND substr(remark, 1, 1) <> :mark) THEN 1 ELSE 0 END, remark FROM request_gate
WHERE id > :after ORDER BY id LIMIT :max;

-- seal_gates_write :exec
-- in   id int, remark sealed
UPDATE request_gate SET remark = :remark WHERE id = :id;

-- seal_replies :many
-- in   after int, mark text, max int
-- out  id int, plain bool, decision_reason sealed, cause sealed
SELECT id, CASE WHEN (decision_reason <> '' AND substr(decision_reason, 1, 1) <> :mark) OR
		(cause <> '' AND substr(cause, 1, 1) <> :mark) THEN 1 ELSE 0 END, decision_reason, cause FROM reply
WHERE id > :after ORDER BY id LIMIT :max;

-- seal_replies_write :exec
-- in   id int, decision_reason sealed, cause sealed
UPDATE reply SET decision_reason = :decision_reason, cause = :cause WHERE id = :id;

-- seal_items :many
-- in   after int, mark text, max int
-- out  id int, plain bool, asked sealed, decision_reason sealed
SELECT id, CASE WHEN (asked <> '' AND substr(asked, 1, 1) <> :mark) OR
		(decision_reason <> '' AND substr(decision_reason, 1, 1) <> :mark) THEN 1 ELSE 0 END, asked, decision_reason FROM reply_item
WHERE id > :after ORDER BY id LIMIT :max;

-- seal_items_write :exec
-- in   id int, asked sealed, decision_reason sealed
UPDATE reply_item SET asked = :asked, decision_reason = :decision_reason WHERE id = :id;

-- seal_facts :many
-- in   after int, after_key text, mark text, max int
-- out  id int, key text, plain bool, value sealed
SELECT item_id, name, CASE WHEN (value <> '' AND substr(value, 1, 1) <> :mark) THEN 1 ELSE 0 END, value FROM reply_fact
WHERE (item_id, name) > (:after, :after_key) ORDER BY item_id, name LIMIT :max;

-- seal_facts_write :exec
-- in   id int, key text, value sealed
UPDATE reply_fact SET value = :value WHERE item_id = :id AND name = :key;

-- seal_answers :many
-- in   after int, after_key text, mark text, max int
-- out  id int, key text, plain bool, note sealed
SELECT item_id, test, CASE WHEN (note <> '' AND substr(note, 1, 1) <> :mark) THEN 1 ELSE 0 END, note FROM reply_answer
WHERE (item_id, test) > (:after, :after_key) ORDER BY item_id, test LIMIT :max;

-- seal_answers_write :exec
-- in   id int, key text, note sealed
UPDATE reply_answer SET note = :note WHERE item_id = :id AND test = :key;

-- seal_redactions :many
-- in   after int, mark text, max int
-- out  id int, plain bool, place sealed, reason sealed
SELECT id, CASE WHEN (place <> '' AND substr(place, 1, 1) <> :mark) OR
		(reason <> '' AND substr(reason, 1, 1) <> :mark) THEN 1 ELSE 0 END, place, reason FROM reply_redaction
WHERE id > :after ORDER BY id LIMIT :max;

-- seal_redactions_write :exec
-- in   id int, place sealed, reason sealed
UPDATE reply_redaction SET place = :place, reason = :reason WHERE id = :id;

-- seal_enclosures :many
-- in   after int, mark text, max int
-- out  id int, plain bool, title sealed
SELECT id, CASE WHEN (title <> '' AND substr(title, 1, 1) <> :mark) THEN 1 ELSE 0 END, title FROM reply_enclosure
WHERE id > :after ORDER BY id LIMIT :max;

-- seal_enclosures_write :exec
-- in   id int, title sealed
UPDATE reply_enclosure SET title = :title WHERE id = :id;

-- seal_opinions :many
-- in   after int, mark text, max int
-- out  id int, plain bool, opinion sealed
SELECT id, CASE WHEN (opinion <> '' AND substr(opinion, 1, 1) <> :mark) THEN 1 ELSE 0 END, opinion FROM reply_opinion
WHERE id > :after ORDER BY id LIMIT :max;

-- seal_opinions_write :exec
-- in   id int, opinion sealed
UPDATE reply_opinion SET opinion = :opinion WHERE id = :id;

-- seal_services :many
-- in   after int, mark text, max int
-- out  id int, plain bool, tracking sealed, addressee sealed, note sealed
SELECT id, CASE WHEN (tracking <> '' AND substr(tracking, 1, 1) <> :mark) OR
		(addressee <> '' AND substr(addressee, 1, 1) <> :mark) OR (note <> '' AND substr(note, 1, 1) <> :mark) THEN 1 ELSE 0 END, tracking, addressee, note FROM reply_service
WHERE id > :after ORDER BY id LIMIT :max;

-- seal_services_write :exec
-- in   id int, tracking sealed, addressee sealed, note sealed
UPDATE reply_service SET tracking = :tracking, addressee = :addressee, note = :note WHERE id = :id;

-- seal_notes :many
-- in   after int, mark text, max int
-- out  id int, plain bool, text sealed
SELECT id, CASE WHEN (text <> '' AND substr(text, 1, 1) <> :mark) THEN 1 ELSE 0 END, text FROM case_note
WHERE id > :after ORDER BY id LIMIT :max;

-- seal_notes_write :exec
-- in   id int, text sealed
UPDATE case_note SET text = :text WHERE id = :id;

-- seal_tasks :many
-- in   after int, mark text, max int
-- out  id int, plain bool, question sealed, answer sealed
SELECT id, CASE WHEN (question <> '' AND substr(question, 1, 1) <> :mark) OR
		(answer <> '' AND substr(answer, 1, 1) <> :mark) THEN 1 ELSE 0 END, question, answer FROM case_task
WHERE id > :after ORDER BY id LIMIT :max;

-- seal_tasks_write :exec
-- in   id int, question sealed, answer sealed
UPDATE case_task SET question = :question, answer = :answer WHERE id = :id;

-- seal_orders :many
-- in   after int, mark text, max int
-- out  id int, plain bool, text sealed, answer sealed
SELECT id, CASE WHEN (text <> '' AND substr(text, 1, 1) <> :mark) OR
		(answer <> '' AND substr(answer, 1, 1) <> :mark) THEN 1 ELSE 0 END, text, answer FROM case_order
WHERE id > :after ORDER BY id LIMIT :max;

-- seal_orders_write :exec
-- in   id int, text sealed, answer sealed
UPDATE case_order SET text = :text, answer = :answer WHERE id = :id;

-- seal_letters :many
-- in   after int, mark text, max int
-- out  id int, plain bool, title sealed
SELECT id, CASE WHEN (title <> '' AND substr(title, 1, 1) <> :mark) THEN 1 ELSE 0 END, title FROM letter
WHERE id > :after ORDER BY id LIMIT :max;

-- seal_letters_write :exec
-- in   id int, title sealed
UPDATE letter SET title = :title WHERE id = :id;

-- seal_persons :many
-- in   after int, mark text, max int
-- out  id int, plain bool, name sealed, contact sealed
SELECT id, CASE WHEN (name <> '' AND substr(name, 1, 1) <> :mark) OR
		(contact <> '' AND substr(contact, 1, 1) <> :mark) THEN 1 ELSE 0 END, name, contact FROM dispute_person
WHERE id > :after ORDER BY id LIMIT :max;

-- seal_persons_write :exec
-- in   id int, name sealed, contact sealed
UPDATE dispute_person SET name = :name, contact = :contact WHERE id = :id;

-- seal_hearings :many
-- in   after int, mark text, max int
-- out  id int, plain bool, attended sealed
SELECT id, CASE WHEN (attended <> '' AND substr(attended, 1, 1) <> :mark) THEN 1 ELSE 0 END, attended FROM dispute_hearing
WHERE id > :after ORDER BY id LIMIT :max;

-- seal_hearings_write :exec
-- in   id int, attended sealed
UPDATE dispute_hearing SET attended = :attended WHERE id = :id;

-- seal_papers :many
-- in   after int, mark text, max int
-- out  id int, plain bool, title sealed
SELECT id, CASE WHEN (title <> '' AND substr(title, 1, 1) <> :mark) THEN 1 ELSE 0 END, title FROM dispute_paper
WHERE id > :after ORDER BY id LIMIT :max;

-- seal_papers_write :exec
-- in   id int, title sealed
UPDATE dispute_paper SET title = :title WHERE id = :id;
