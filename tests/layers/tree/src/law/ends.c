int carriage;
int unfinished;