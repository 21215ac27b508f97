-- What follows an answer: the same answer for everybody, requests that were not needed because of it, and what applicants
-- suggest or complain of.

-- An answer given to one, told to all in an officer's own words (条例 Art. 44), after a review by somebody else (Art. 17).
CREATE TABLE apply_answer (
	id @id@,
	request_id @int@ NOT NULL REFERENCES request (id),
	unit_id @int@ NOT NULL REFERENCES unit (id),
	title TEXT NOT NULL,
	answer TEXT NOT NULL,
	place TEXT NOT NULL,                  -- where the information can be had, or empty
	answered_on TEXT NOT NULL,
	review TEXT NOT NULL,                 -- of the second person; empty in a draft
	drafted_by @int@ NOT NULL,            -- account
	drafted_person TEXT NOT NULL,
	reviewed_person TEXT NOT NULL,
	public_on TEXT,
	withdrawn_on TEXT,
	reason TEXT NOT NULL,                 -- of withdrawing
	version @int@ NOT NULL
) @strict@;
CREATE UNIQUE INDEX apply_answer_live ON apply_answer (request_id) WHERE withdrawn_on IS NULL;
CREATE INDEX apply_answer_by_request ON apply_answer (request_id, id);
CREATE INDEX apply_answer_by_unit ON apply_answer (unit_id, id);
CREATE INDEX apply_answer_public ON apply_answer (id) WHERE public_on IS NOT NULL AND withdrawn_on IS NULL;

-- Pairs of signs of public answers. A view of title and answer.
CREATE TABLE apply_answer_pair (
	pair @int@ NOT NULL,
	answer_id @int@ NOT NULL REFERENCES apply_answer (id),
	PRIMARY KEY (pair, answer_id)
) @strict@;
CREATE INDEX apply_answer_pair_by_answer ON apply_answer_pair (answer_id);

-- Somebody found what is public already, and did not have to ask. What was typed is not kept.
CREATE TABLE apply_avoided (
	id @id@,
	visitor TEXT NOT NULL,                -- keyed hash of the form, or of address and day: counted once for each item
	source TEXT NOT NULL,                 -- answer, report
	ref @int@ NOT NULL,
	title TEXT NOT NULL,                  -- of the item, as it was
	unit_id @int@ NOT NULL REFERENCES unit (id),
	found_on TEXT NOT NULL,
	year @int@ NOT NULL,
	UNIQUE (visitor, source, ref)
) @strict@;
CREATE INDEX apply_avoided_by_year ON apply_avoided (year, id);
CREATE INDEX apply_avoided_by_unit ON apply_avoided (unit_id, year, id);

-- What an applicant sends after the request: a suggestion to make public what it was given (Art. 44 (2)), decided by its
-- unit; a complaint (Art. 47 (2), Art. 51), decided by the body in charge. Words are sealed; the ledger has commitments.
CREATE TABLE apply_follow (
	id @id@,
	kind TEXT NOT NULL CHECK (kind = 'suggestion' OR kind = 'complaint'),
	request_id @int@ NOT NULL REFERENCES request (id),
	unit_id @int@ NOT NULL REFERENCES unit (id), -- who decides
	ground TEXT NOT NULL,                 -- of a complaint
	salt TEXT NOT NULL,
	sealed @blob@ NOT NULL,
	form_id TEXT NOT NULL,                -- sent twice, received once
	submitted_at @int@ NOT NULL,
	submitted_on TEXT NOT NULL,
	finding TEXT NOT NULL,                -- empty until decided
	answer_sealed @blob@,
	decided_on TEXT,
	decided_person TEXT NOT NULL,
	version @int@ NOT NULL
) @strict@;
CREATE UNIQUE INDEX apply_follow_by_form ON apply_follow (form_id);
CREATE INDEX apply_follow_by_request ON apply_follow (request_id, id);
CREATE INDEX apply_follow_by_unit ON apply_follow (unit_id, kind, id);
CREATE INDEX apply_follow_open ON apply_follow (unit_id, kind, id) WHERE decided_on IS NULL;
