-- include "letter/letter.h"

-- ---- who writes

-- letter_head_read :one
-- in   unit_id unit_id
-- out  full_name text, mark text, series text, style text, contact text, phone text, address text, channel text, justice bool
SELECT full_name, mark, series, style, contact, phone, address, channel, justice FROM letter_head
WHERE unit_id = :unit_id;

-- letter_head_write :exec
-- in   unit_id unit_id, full_name text, mark text, series text, style text, contact text, phone text, address text, channel text, justice bool
INSERT INTO letter_head (unit_id, full_name, mark, series, style, contact, phone, address, channel, justice)
VALUES (:unit_id, :full_name, :mark, :series, :style, :contact, :phone, :address, :channel, :justice)
ON CONFLICT (unit_id) DO UPDATE SET full_name = excluded.full_name, mark = excluded.mark, series = excluded.series,
	style = excluded.style, contact = excluded.contact, phone = excluded.phone, address = excluded.address,
	channel = excluded.channel, justice = excluded.justice;

-- letter_mark_owner :one
-- in   mark text, unit_id unit_id
-- out  unit_id unit_id
-- scan: a few dozen letterheads, looked through when one is saved
SELECT unit_id FROM letter_head WHERE mark = :mark AND unit_id <> :unit_id ORDER BY unit_id LIMIT 1;

-- remedy_body_list :many
-- out  id int, unit_id int?, role text, name text, from_on date, until_on date?
-- scan: all of a site are wanted, a few dozen
SELECT id, unit_id, role, name, from_on, until_on FROM remedy_body ORDER BY role, from_on, id;

-- remedy_body_insert :one
-- in   unit_id int?, role text, name text, from_on date, until_on date?
-- out  id int
INSERT INTO remedy_body (unit_id, role, name, from_on, until_on)
VALUES (:unit_id, :role, :name, :from_on, :until_on) RETURNING id;

-- remedy_switch_list :many
-- out  name text, from_on date?, until_on date?
-- scan: three rows at most
SELECT name, from_on, until_on FROM remedy_switch ORDER BY name;

-- remedy_switch_write :exec
-- in   name text, from_on date?, until_on date?
INSERT INTO remedy_switch (name, from_on, until_on) VALUES (:name, :from_on, :until_on)
ON CONFLICT (name) DO UPDATE SET from_on = excluded.from_on, until_on = excluded.until_on;

-- ---- words

-- letter_template_of :one
-- in   unit_id unit_id, kind text, day date
-- out  id int, from_on date, content text, saved_at instant, saved_by text
SELECT id, from_on, content, saved_at, saved_by FROM letter_template
WHERE unit_id = :unit_id AND kind = :kind AND from_on <= :day ORDER BY from_on DESC, id DESC LIMIT 1;

-- letter_template_versions :many
-- in   unit_id unit_id, kind text
-- out  id int, from_on date, content text, saved_at instant, saved_by text
SELECT id, from_on, content, saved_at, saved_by FROM letter_template
WHERE unit_id = :unit_id AND kind = :kind ORDER BY from_on DESC, id DESC;

-- letter_template_insert :one
-- in   unit_id unit_id, kind text, from_on date, content text, saved_at instant, saved_by text
-- out  id int
INSERT INTO letter_template (unit_id, kind, from_on, content, saved_at, saved_by)
VALUES (:unit_id, :kind, :from_on, :content, :saved_at, :saved_by) RETURNING id;

-- ---- numbers: the row is the lock, so none is given twice or left out

-- letter_series_count :exec
-- in   unit_id unit_id, series text, year int
INSERT INTO letter_series (unit_id, series, year, last) VALUES (:unit_id, :series, :year, 1)
ON CONFLICT (unit_id, series, year) DO UPDATE SET last = letter_series.last + 1;

-- letter_series_last :one
-- in   unit_id unit_id, series text, year int
-- out  last int
SELECT last FROM letter_series WHERE unit_id = :unit_id AND series = :series AND year = :year;

-- ---- letters

-- letter_next_id :one
-- out  id letter_id
SELECT coalesce(max(id), 0) + 1 FROM letter;

-- letter_insert :exec
-- in   id letter_id, unit_id unit_id, kind text, subject_kind text, subject_id int, addressee blob, addressee_is text, dated date, online bool, title sealed, content blob, attachments blob, organ text, style text, salt text
INSERT INTO letter (id, unit_id, kind, subject_kind, subject_id, addressee, addressee_is, state, dated, online, title,
	content, attachments, organ, style, number, salt, commitment, version)
VALUES (:id, :unit_id, :kind, :subject_kind, :subject_id, :addressee, :addressee_is, 'draft', :dated, :online, :title,
	:content, :attachments, :organ, :style, '', :salt, '', 1);

-- letter_row :one
-- in   id letter_id
-- out  id letter_id, unit_id unit_id, kind text, subject_kind text, subject_id int, addressee blob, addressee_is text, state text, dated date, online bool, title sealed, content blob, attachments blob, organ text, style text, number text, salt text, commitment text, version int
SELECT id, unit_id, kind, subject_kind, subject_id, addressee, addressee_is, state, dated, online, title, content,
	attachments, organ, style, number, salt, commitment, version
FROM letter WHERE id = :id;

-- letter_ids_of_subject :many
-- in   subject_kind text, subject_id int
-- out  id letter_id
SELECT id FROM letter WHERE subject_kind = :subject_kind AND subject_id = :subject_id AND state <> 'discarded'
ORDER BY id;

-- letter_ids_of_unit :many
-- in   unit_id unit_id, before int, max int
-- out  id letter_id
SELECT id FROM letter WHERE unit_id = :unit_id AND id < :before AND state <> 'discarded' ORDER BY id DESC LIMIT :max;

-- letter_ids_all :many
-- in   before int, max int
-- out  id letter_id
SELECT id FROM letter WHERE id < :before AND state <> 'discarded' ORDER BY id DESC LIMIT :max;

-- letter_rewrite :exec
-- in   id letter_id, addressee blob, dated date, online bool, title sealed, content blob, attachments blob
UPDATE letter SET addressee = :addressee, dated = :dated, online = :online, title = :title, content = :content,
	attachments = :attachments, version = version + 1
WHERE id = :id;

-- letter_freeze :exec
-- in   id letter_id, dated date, content blob, organ text, style text, number text, series text, series_year int, series_number int, commitment text
UPDATE letter SET state = 'issued', dated = :dated, content = :content, organ = :organ, style = :style,
	number = :number, series = :series, series_year = :series_year, series_number = :series_number,
	commitment = :commitment, version = version + 1
WHERE id = :id;

-- letter_throw_away :exec
-- in   id letter_id
UPDATE letter SET state = 'discarded', version = version + 1 WHERE id = :id;

-- letter_item_insert :exec
-- in   letter_id letter_id, item int, kind text, information blob
INSERT INTO letter_item (letter_id, item, kind, information) VALUES (:letter_id, :item, :kind, :information);

-- letter_items_of :many
-- in   letter_id letter_id
-- out  item int, kind text, information blob
SELECT item, kind, information FROM letter_item WHERE letter_id = :letter_id ORDER BY item;

-- letter_fact_write :exec
-- in   letter_id letter_id, item int, name text, value blob
INSERT INTO letter_fact (letter_id, item, name, value) VALUES (:letter_id, :item, :name, :value)
ON CONFLICT (letter_id, item, name) DO UPDATE SET value = excluded.value;

-- letter_facts_of :many
-- in   letter_id letter_id
-- out  item int, name text, value blob
SELECT item, name, value FROM letter_fact WHERE letter_id = :letter_id ORDER BY item, name;

-- Drafts that were discarded too.
-- letter_ids_to_erase :many
-- in   subject_kind text, subject_id int
-- out  id letter_id
SELECT id FROM letter WHERE subject_kind = :subject_kind AND subject_id = :subject_id ORDER BY id;

-- letter_empty :exec
-- in   id letter_id, addressee blob, title sealed, content blob, attachments blob
UPDATE letter SET addressee = :addressee, title = :title, content = :content, attachments = :attachments, salt = ''
WHERE id = :id;

-- letter_facts_empty :exec
-- in   letter_id letter_id
DELETE FROM letter_fact WHERE letter_id = :letter_id;

-- letter_items_empty :exec
-- in   letter_id letter_id, information blob
UPDATE letter_item SET information = :information WHERE letter_id = :letter_id;
