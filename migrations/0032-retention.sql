-- What was erased when its time was over; the request itself stays, for figures and the register.
CREATE TABLE retention_erased (
	request_id @int@ PRIMARY KEY REFERENCES request (id),
	erased_at @int@ NOT NULL
) @strict@;
