/*
 * control.c - the control socket: words as one message of NUL-ended strings, five
 * descriptors beside them, one byte of exit status back.
 */
#include "app/control.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { WORDS_MAX = 64, MESSAGE_MAX = 64 * 1024, FDS = 5 };

static bool socket_address(struct str dir, struct sockaddr_un *out)
{
	static const char name[] = "/control";

	*out = (struct sockaddr_un){ .sun_family = AF_UNIX };
	if (dir.len + sizeof name > sizeof out->sun_path)
		return false;
	memcpy(out->sun_path, dir.ptr, dir.len);
	memcpy(out->sun_path + dir.len, name, sizeof name);
	return true;
}

/* ---- the command's side */

static bool send_words(int fd, struct invocation *in, int file, int output)
{
	struct buf b = buf_open(in->arena, 4096, MESSAGE_MAX);
	int fds[FDS] = { in->out, in->err, in->in, file >= 0 ? file : in->in,
			 output >= 0 ? output : in->in };
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(sizeof fds)];
	} control = { .room = { 0 } };

	buf_add_bytes(&b, in->command->name, strlen(in->command->name) + 1);
	for (int i = 0; i < in->argc; i++)
		buf_add_bytes(&b, in->argv[i], strlen(in->argv[i]) + 1);
	if (!buf_ok(&b))
		return false;
	struct iovec part = { b.ptr, b.len };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.room,
				  .msg_controllen = sizeof control.room };
	struct cmsghdr *c = CMSG_FIRSTHDR(&message);
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof fds);
	memcpy(CMSG_DATA(c), fds, sizeof fds);
	return sendmsg(fd, &message, MSG_NOSIGNAL) == (ssize_t)b.len;
}

/* The files the words name, with the caller's rights. */
static bool open_files(struct invocation *in, int *file, int *output)
{
	bool reads = (in->command->flags & COMMAND_READS_FILE) != 0,
	     writes = (in->command->flags & COMMAND_WRITES_FILE) != 0;
	const char *path = reads ? operand(in, 1) : NULL;
	const char *to = writes ? option_value(in, "--skip-bad") : NULL;

	if (path != NULL)
		*file = open(path, O_RDONLY | O_CLOEXEC);
	if (to != NULL && (path == NULL || *file >= 0))
		*output = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if ((path == NULL || *file >= 0) && (to == NULL || *output >= 0))
		return true;
	complain(in, "gongkai %s：无法打开文件 %s：%s\n", in->command->name,
		 path != NULL && *file < 0 ? path : to, strerror(errno));
	return false;
}

bool control_hand_over(struct invocation *in, int *status)
{
	const char *dir = option_value(in, "--data");
	struct sockaddr_un address;
	unsigned char answer;

	if ((in->command->flags & COMMAND_HANDS_OVER) == 0 || option_given(in, "--help") ||
	    !socket_address(str_from_c(dir != NULL ? dir : "var"), &address))
		return false;
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
		if (fd >= 0)
			close(fd);
		return false; /* no server: the folder's lock decides */
	}
	int file = -1, output = -1;
	bool opened = open_files(in, &file, &output);
	bool sent = opened && send_words(fd, in, file, output) && recv(fd, &answer, 1, 0) == 1;
	*status = sent ? answer : opened ? 1 : 2;
	if (opened && !sent)
		complain(in, "gongkai %s：正在运行的服务没有回应，请稍后再试或查看其日志。\n", in->command->name);
	if (file >= 0)
		close(file);
	if (output >= 0)
		close(output);
	close(fd);
	return true;
}

/* ---- the server's side */

struct control {
	struct data_site *site;
	int fd;
	pthread_t thread;
	bool stopping;
};

static int run_message(struct control *c, char *text, size_t len, const int *fds)
{
	const char *words[WORDS_MAX];
	int count = 0;

	if (len == 0 || text[len - 1] != '\0')
		return 2;
	for (size_t at = 0; at < len && count < WORDS_MAX; at += strlen(text + at) + 1)
		words[count++] = text + at;
	const struct command *command = command_find(words[0]);
	if (command == NULL || (command->flags & COMMAND_HANDS_OVER) == 0)
		return 2;
	struct arena *a = arena_open(LIMIT_COMMAND_ARENA);
	struct invocation in = { .arena = a,
				 .argc = count - 1,
				 .argv = words + 1,
				 .command = command,
				 .out = fds[0],
				 .err = fds[1],
				 .in = fds[2],
				 .file = fds[3],
				 .output = -1,
				 .server_site = c->site };
	if ((command->flags & COMMAND_WRITES_FILE) != 0 && option_given(&in, "--skip-bad"))
		in.output = fds[4];
	log_write(LOG_INFO, "control.run", "%s", command->name);
	int status = command_run(&in);
	arena_close(a);
	return status;
}

static bool receive(int fd, char *text, size_t *len, int *fds)
{
	union { struct cmsghdr head; char room[CMSG_SPACE(sizeof(int) * FDS)]; } control;
	struct iovec part = { text, MESSAGE_MAX };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.room,
				  .msg_controllen = sizeof control.room };
	ssize_t n = recvmsg(fd, &message, MSG_CMSG_CLOEXEC);
	struct cmsghdr *c = n > 0 ? CMSG_FIRSTHDR(&message) : NULL;

	if (c == NULL || c->cmsg_type != SCM_RIGHTS || c->cmsg_len != CMSG_LEN(sizeof(int) * FDS))
		return false;
	memcpy(fds, CMSG_DATA(c), sizeof(int) * FDS);
	*len = (size_t)n;
	return true;
}

static void *control_loop(void *arg)
{
	struct control *c = arg;
	struct arena *a = arena_open(2 * MIB);
	char *text = arena_alloc(a, MESSAGE_MAX);

	for (;;) {
		int client = accept4(c->fd, NULL, NULL, SOCK_CLOEXEC);
		int fds[FDS];
		size_t len;
		if (client < 0 && (errno == EINTR || errno == ECONNABORTED))
			continue;
		if (client < 0)
			break; /* shut down */
		if (receive(client, text, &len, fds)) {
			unsigned char status = (unsigned char)run_message(c, text, len, fds);
			(void)!send(client, &status, 1, MSG_NOSIGNAL);
			for (int i = 0; i < FDS; i++)
				close(fds[i]);
		}
		close(client);
	}
	arena_close(a);
	return NULL;
}

bool control_start(struct control **out, struct data_site *site, struct err *err)
{
	struct control *c = ARENA_NEW(site->arena, struct control);
	struct sockaddr_un address;

	c->site = site;
	if (!socket_address(site->dir, &address))
		return err_set(err, ERR_INVALID, "app.path_too_long", STR_FMT, STR_ARG(site->dir));
	c->fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	(void)unlink(
		address.sun_path); /* we hold the folder's lock: whatever stands there is dead */
	if (c->fd < 0 || bind(c->fd, (struct sockaddr *)&address, sizeof address) != 0 ||
	    chmod(address.sun_path, 0600) != 0 || listen(c->fd, 8) != 0 ||
	    pthread_create(&c->thread, NULL, control_loop, c) != 0)
		return err_set(err, ERR_UNAVAILABLE, "app.no_control", "%s|%s", address.sun_path,
			       strerror(errno));
	*out = c;
	return true;
}

void control_stop(struct control *c)
{
	struct sockaddr_un address;

	(void)shutdown(c->fd, SHUT_RDWR);
	pthread_join(c->thread, NULL);
	close(c->fd);
	if (socket_address(c->site->dir, &address))
		(void)unlink(address.sun_path);
}
