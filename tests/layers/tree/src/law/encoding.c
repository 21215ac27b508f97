int x; /* жа */
