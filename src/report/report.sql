-- include "report/report.h"

-- report_insert :one
-- in   unit_id unit_id, year int, form text, rolls_up bool, edited_by int
-- out  id report_id
INSERT INTO report (unit_id, year, form, rolls_up, state, version, edited_by)
VALUES (:unit_id, :year, :form, :rolls_up, 'draft', 1, :edited_by) RETURNING id;

-- report_by_id :one
-- in   id report_id
-- out  id report_id, unit_id unit_id, year int, form text, rolls_up bool, state text, version int, edited_by int, approved_by int?, approved_on date?, published_on date?, frozen_seq int?, unit_name text?, unit_short_name text?, office_name text?, contact text?, check_code text?
SELECT id, unit_id, year, form, rolls_up, state, version, edited_by, approved_by, approved_on, published_on, frozen_seq,
	unit_name, unit_short_name, office_name, contact, check_code FROM report WHERE id = :id;

-- report_of_unit :one
-- in   unit_id unit_id, year int
-- out  id report_id, unit_id unit_id, year int, form text, rolls_up bool, state text, version int, edited_by int, approved_by int?, approved_on date?, published_on date?, frozen_seq int?, unit_name text?, unit_short_name text?, office_name text?, contact text?, check_code text?
SELECT id, unit_id, year, form, rolls_up, state, version, edited_by, approved_by, approved_on, published_on, frozen_seq,
	unit_name, unit_short_name, office_name, contact, check_code FROM report WHERE year = :year AND unit_id = :unit_id;

-- report_of_year :many
-- in   year int
-- out  id report_id, unit_id unit_id, year int, form text, rolls_up bool, state text, version int, edited_by int, approved_by int?, approved_on date?, published_on date?, frozen_seq int?, unit_name text?, unit_short_name text?, office_name text?, contact text?, check_code text?
SELECT id, unit_id, year, form, rolls_up, state, version, edited_by, approved_by, approved_on, published_on, frozen_seq,
	unit_name, unit_short_name, office_name, contact, check_code FROM report WHERE year = :year ORDER BY unit_id;

-- report_published_list :many
-- in   max int
-- out  year int, unit_code text, unit_name text, rolls_up bool, published_on date
-- scan: all published reports of a site, a few dozen a year, in the order people read them
SELECT r.year, u.code, r.unit_name, r.rolls_up, r.published_on FROM report r JOIN unit u ON u.id = r.unit_id
WHERE r.published_on IS NOT NULL ORDER BY r.year DESC, r.rolls_up DESC, u.code LIMIT :max;

-- report_years :many
-- out  year int
-- scan: the distinct years of a few dozen reports a year
SELECT DISTINCT year FROM report ORDER BY year DESC;

-- report_advance :exec
-- in   id report_id, old_version int, state text, edited_by int
UPDATE report SET state = :state, edited_by = :edited_by, version = version + 1 WHERE id = :id AND version = :old_version;

-- report_freeze :exec
-- in   id report_id, old_version int, approved_by int, approved_on date, frozen_seq int, unit_name text, unit_short_name text, office_name text, contact text, check_code text
UPDATE report SET state = 'approved', version = version + 1, approved_by = :approved_by, approved_on = :approved_on,
	frozen_seq = :frozen_seq, unit_name = :unit_name, unit_short_name = :unit_short_name,
	office_name = :office_name, contact = :contact, check_code = :check_code
WHERE id = :id AND version = :old_version;

-- report_thaw :exec
-- in   id report_id, old_version int
UPDATE report SET state = 'draft', version = version + 1, approved_by = NULL, approved_on = NULL, frozen_seq = NULL,
	unit_name = NULL, unit_short_name = NULL, office_name = NULL, contact = NULL, check_code = NULL
WHERE id = :id AND version = :old_version AND published_on IS NULL;

-- report_publish_write :exec
-- in   id report_id, old_version int, published_on date
UPDATE report SET state = 'published', version = version + 1, published_on = :published_on
WHERE id = :id AND version = :old_version;

-- report_recode :exec
-- in   id report_id, old_version int, check_code text
UPDATE report SET version = version + 1, check_code = :check_code WHERE id = :id AND version = :old_version;

-- ---- words

-- report_part_insert :exec
-- in   report_id report_id, part int, version int, text text, edited_by int, edited_at instant
INSERT INTO report_part (report_id, part, version, text, edited_by, edited_at)
VALUES (:report_id, :part, :version, :text, :edited_by, :edited_at);

-- report_part_last :many
-- in   report_id report_id
-- out  part int, version int, text text
SELECT p.part, p.version, p.text FROM report_part p WHERE p.report_id = :report_id
	AND p.version = (SELECT max(q.version) FROM report_part q WHERE q.report_id = p.report_id AND q.part = p.part)
ORDER BY p.part;

-- report_waiver_write :exec
-- in   report_id report_id, finding text, reason text, waived_by int, waived_at instant
INSERT INTO report_waiver (report_id, finding, reason, waived_by, waived_at)
VALUES (:report_id, :finding, :reason, :waived_by, :waived_at)
ON CONFLICT (report_id, finding) DO UPDATE SET reason = excluded.reason, waived_by = excluded.waived_by,
	waived_at = excluded.waived_at;

-- report_waiver_list :many
-- in   report_id report_id
-- out  finding text, reason text
SELECT finding, reason FROM report_waiver WHERE report_id = :report_id ORDER BY finding;

-- ---- frozen figures

-- report_figure_insert :exec
-- in   report_id report_id, kind text, cell text, hundredths int?
INSERT INTO report_figure (report_id, kind, cell, hundredths) VALUES (:report_id, :kind, :cell, :hundredths);

-- report_figure_list :many
-- in   report_id report_id, kind text
-- out  cell text, hundredths int?
SELECT cell, hundredths FROM report_figure WHERE report_id = :report_id AND kind = :kind ORDER BY cell;

-- report_figure_delete :exec
-- in   report_id report_id
DELETE FROM report_figure WHERE report_id = :report_id;

-- report_note_insert :exec
-- in   report_id report_id, position int, text text
INSERT INTO report_note (report_id, position, text) VALUES (:report_id, :position, :text);

-- report_note_list :many
-- in   report_id report_id
-- out  text text
SELECT text FROM report_note WHERE report_id = :report_id ORDER BY position;

-- report_note_delete :exec
-- in   report_id report_id
DELETE FROM report_note WHERE report_id = :report_id;

-- report_source_insert :exec
-- in   report_id report_id, unit_id unit_id, from_report_id int?
INSERT INTO report_source (report_id, unit_id, from_report_id) VALUES (:report_id, :unit_id, :from_report_id);

-- report_source_list :many
-- in   report_id report_id
-- out  unit_id unit_id, from_report_id int?
SELECT unit_id, from_report_id FROM report_source WHERE report_id = :report_id ORDER BY unit_id;

-- report_source_delete :exec
-- in   report_id report_id
DELETE FROM report_source WHERE report_id = :report_id;

-- report_merged_insert :exec
-- in   report_id report_id, cell text, unit_id unit_id, hundredths int
INSERT INTO report_merged (report_id, cell, unit_id, hundredths) VALUES (:report_id, :cell, :unit_id, :hundredths);

-- report_merged_list :many
-- in   report_id report_id, cell text
-- out  unit_id unit_id, hundredths int
SELECT unit_id, hundredths FROM report_merged WHERE report_id = :report_id AND cell = :cell ORDER BY unit_id;

-- report_merged_delete :exec
-- in   report_id report_id
DELETE FROM report_merged WHERE report_id = :report_id;

-- ---- errata

-- report_erratum_insert :one
-- in   report_id report_id, number int, corrected_on date, reason text, made_by int
-- out  id int
INSERT INTO report_erratum (report_id, number, corrected_on, reason, made_by)
VALUES (:report_id, :number, :corrected_on, :reason, :made_by) RETURNING id;

-- report_erratum_list :many
-- in   report_id report_id
-- out  id int, number int, corrected_on date, reason text
SELECT id, number, corrected_on, reason FROM report_erratum WHERE report_id = :report_id ORDER BY number;

-- report_erratum_figure_insert :exec
-- in   erratum_id int, cell text, value_before int?, value_after int?
INSERT INTO report_erratum_figure (erratum_id, cell, value_before, value_after)
VALUES (:erratum_id, :cell, :value_before, :value_after);

-- report_erratum_figure_list :many
-- in   erratum_id int
-- out  cell text, value_before int?, value_after int?
SELECT cell, value_before, value_after FROM report_erratum_figure WHERE erratum_id = :erratum_id ORDER BY cell;
