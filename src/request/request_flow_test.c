/* request_flow_test.c - the workflow as a graph: every state reached, none a trap. */
#include "request/request.h"

#include "base/test.h"

static bool reachable(const bool *seen, enum request_state to)
{
	for (size_t i = 0; i < request_transitions_count; i++)
		if (seen[request_transitions[i].from] && request_transitions[i].to == to)
			return true;
	return false;
}

static void every_state_is_reached(struct test *t)
{
	bool seen[REQUEST_STATE_COUNT] = { [REQUEST_CONFIRMING] = true, [REQUEST_HANDLING] = true };

	for (int round = 0; round < REQUEST_STATE_COUNT; round++)
		for (int s = 0; s < REQUEST_STATE_COUNT; s++)
			seen[s] = seen[s] || reachable(seen, (enum request_state)s);
	for (int s = 0; s < REQUEST_STATE_COUNT; s++)
		CHECK(seen[s]);
}

static void no_state_is_a_trap(struct test *t)
{
	bool ends[REQUEST_STATE_COUNT] = { [REQUEST_CLOSED] = true };

	for (int round = 0; round < REQUEST_STATE_COUNT; round++)
		for (size_t i = 0; i < request_transitions_count; i++)
			if (ends[request_transitions[i].to])
				ends[request_transitions[i].from] = true;
	for (int s = 0; s < REQUEST_STATE_COUNT; s++)
		CHECK(ends[s]);
}

static void pairs_stand_once(struct test *t)
{
	for (size_t i = 0; i < request_transitions_count; i++) {
		const struct request_transition *row = &request_transitions[i];
		CHECK(request_transition(row->from, row->verb) == row);
		CHECK(row->who != PERM_NONE);
		CHECK(row->rule.len > 0);
		CHECK(clock_effect_label(row->clock).len > 0);
	}
}

void request_flow_test(struct test *t)
{
	if (test_case(t, "every state is reached"))
		every_state_is_reached(t);
	if (test_case(t, "no state is a trap"))
		no_state_is_a_trap(t);
	if (test_case(t, "each pair of state and step stands once"))
		pairs_stand_once(t);
}
