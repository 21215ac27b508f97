#include "base/futex.h"

#include "base/test.h"

#include <pthread.h>
#include <sched.h>

enum { WAITERS = 8, TURNS = 200 };

struct room { futex turn; _Atomic int there; };

/* Waits for each turn, says it has seen it. */
static void *wait_for_turns(void *arg)
{
	struct room *room = arg;

	for (uint32_t turn = 1; turn <= TURNS; turn++) {
		for (;;) {
			uint32_t seen = room->turn;
			if (seen >= turn)
				break;
			futex_wait(&room->turn, seen);
		}
		room->there++;
	}
	return NULL;
}

static void take_turns(struct test *t)
{
	struct room room = { 0 };
	pthread_t threads[WAITERS];

	for (int i = 0; i < WAITERS; i++)
		CHECK(pthread_create(&threads[i], NULL, wait_for_turns, &room) == 0);
	for (int turn = 1; turn <= TURNS; turn++) {
		room.turn++;
		futex_wake_all(&room.turn);
		while (room.there < turn * WAITERS)
			sched_yield();
	}
	for (int i = 0; i < WAITERS; i++)
		CHECK(pthread_join(threads[i], NULL) == 0);
	CHECK_INT(room.there, TURNS * WAITERS);
}

void futex_test(struct test *t)
{
	if (test_case(t, "a word that has changed is not waited for")) {
		futex word = 1;
		futex_wait(&word, 0);
		CHECK(word == 1);
	}
	if (test_case(t, "everybody wakes at every turn"))
		take_turns(t);
}
