-- The dossier of a proceeding: the notice to answer and its clock, hearings, people, papers, the new answer.

ALTER TABLE dispute ADD COLUMN simplified @int@ NOT NULL DEFAULT 0 CHECK (simplified IN (0, 1));
ALTER TABLE dispute ADD COLUMN earlier_id @int@;     -- dispute: the reconsideration that a suit follows
ALTER TABLE dispute ADD COLUMN received_on TEXT;      -- the notice to answer, with the copy of what was filed
ALTER TABLE dispute ADD COLUMN answer_due_on TEXT;    -- counted; unknown before receipt and past the calendar
ALTER TABLE dispute ADD COLUMN answered_on TEXT;
ALTER TABLE dispute ADD COLUMN redo @int@ NOT NULL DEFAULT 0 CHECK (redo IN (0, 1)); -- ordered to answer anew
ALTER TABLE dispute ADD COLUMN redo_until TEXT;       -- the last day for it, if the decision names one
ALTER TABLE dispute ADD COLUMN redo_reply_id @int@;
-- Registered by mistake: then accepted_year is 9999, so that no year counts it.
ALTER TABLE dispute ADD COLUMN voided @int@ NOT NULL DEFAULT 0 CHECK (voided IN (0, 1));
-- What the unit owes next, counted from the rest; 9999-12-31 where no day is set.
ALTER TABLE dispute ADD COLUMN next_on TEXT;
ALTER TABLE dispute ADD COLUMN next_what TEXT CHECK (next_what IN ('answer', 'hearing', 'redo'));
ALTER TABLE dispute ADD COLUMN version @int@ NOT NULL DEFAULT 1;
CREATE INDEX dispute_due ON dispute (next_on, id) WHERE next_on IS NOT NULL;
CREATE INDEX dispute_due_unit ON dispute (unit_id, next_on, id) WHERE next_on IS NOT NULL;
CREATE INDEX dispute_by_case_no ON dispute (case_no, id);

CREATE TABLE dispute_hearing (
	id @id@,
	dispute_id @int@ NOT NULL REFERENCES dispute (id),
	kind TEXT NOT NULL CHECK (kind IN ('trial', 'hearing', 'inquiry', 'mediation', 'reading')),
	day TEXT NOT NULL,
	time TEXT NOT NULL,                   -- HH:MM, or empty
	place TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('planned', 'held', 'cancelled')),
	attended TEXT NOT NULL,               -- who came for the unit
	sequence @int@ NOT NULL               -- rises with every change: of a calendar entry
) @strict@;
CREATE INDEX dispute_hearing_by_dispute ON dispute_hearing (dispute_id, day, id);
CREATE INDEX dispute_hearing_planned ON dispute_hearing (day, id) WHERE state = 'planned';

-- Who acts for the unit. The name is beside the chain and bound to it.
CREATE TABLE dispute_person (
	id @id@,
	dispute_id @int@ NOT NULL REFERENCES dispute (id),
	role TEXT NOT NULL CHECK (role IN ('adviser', 'lawyer', 'staff', 'head')),
	name TEXT NOT NULL,
	contact TEXT NOT NULL,
	salt TEXT NOT NULL,
	since TEXT NOT NULL,
	until TEXT
) @strict@;
CREATE INDEX dispute_person_by_dispute ON dispute_person (dispute_id, id);

-- What was filed or came; the bytes are an attachment.
CREATE TABLE dispute_paper (
	id @id@,
	dispute_id @int@ NOT NULL REFERENCES dispute (id),
	attachment_id @int@ NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('notice', 'claim', 'answer', 'evidence', 'basis', 'authority', 'record',
		'decision', 'other')),
	title TEXT NOT NULL,
	day TEXT NOT NULL,                    -- filed or received
	sha256 TEXT NOT NULL,
	person TEXT NOT NULL,
	withdrawn_on TEXT
) @strict@;
CREATE INDEX dispute_paper_by_dispute ON dispute_paper (dispute_id, id);

-- Days to answer, where an office has set others than the program's own.
CREATE TABLE dispute_rule (
	code TEXT NOT NULL PRIMARY KEY,
	days @int@ NOT NULL CHECK (days BETWEEN 1 AND 250),
	working @int@ NOT NULL CHECK (working IN (0, 1))
) @strict@;
