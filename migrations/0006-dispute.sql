-- Reconsideration and litigation about requests (条例 Art. 51): table 四.
CREATE TABLE dispute (
	id @id@,
	unit_id @int@ NOT NULL REFERENCES unit (id),
	request_id @int@ REFERENCES request (id),
	route TEXT NOT NULL CHECK (route IN ('reconsideration', 'litigation_direct', 'litigation_after_reconsideration')),
	case_no TEXT NOT NULL,
	organ TEXT NOT NULL,
	accepted_on TEXT NOT NULL,
	accepted_year @int@ NOT NULL,
	outcome TEXT CHECK (outcome IN ('upheld', 'corrected', 'other')),
	result TEXT NOT NULL,                 -- the decision's own word: 维持, 撤销 …
	concluded_on TEXT,
	concluded_year @int@,
	changed_seq @int@ NOT NULL,           -- ledger position of the last change of a counted fact
	UNIQUE (route, case_no),
	CHECK ((concluded_on IS NULL) = (outcome IS NULL))
) @strict@;
-- By year of conclusion; and the open ones, plus those that were open at some year's end.
CREATE INDEX dispute_concluded ON dispute (concluded_year, unit_id, route, outcome);
CREATE INDEX dispute_spanning ON dispute (accepted_year, concluded_year, unit_id, route)
	WHERE concluded_year IS NULL OR concluded_year <> accepted_year;
CREATE INDEX dispute_by_request ON dispute (request_id);
CREATE INDEX dispute_by_unit ON dispute (unit_id, id);

-- Counted facts as they were before a change: valid from seq_from up to before seq_to.
CREATE TABLE dispute_history (
	dispute_id @int@ NOT NULL REFERENCES dispute (id),
	seq_from @int@ NOT NULL,
	seq_to @int@ NOT NULL,
	unit_id @int@ NOT NULL,
	route TEXT NOT NULL,
	accepted_year @int@ NOT NULL,
	outcome TEXT,
	concluded_year @int@,
	PRIMARY KEY (dispute_id, seq_to)
) @strict@;
CREATE INDEX dispute_history_by_seq ON dispute_history (seq_to, seq_from);
