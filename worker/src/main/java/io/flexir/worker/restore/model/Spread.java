package io.flexir.worker.restore.model;

/** Over how many threads a graph's operators are spread. */
enum Spread {
    /** All of the process's pool: the shortest time for one job. */
    ALL_THREADS,
    /**
     * The calling thread's own: jobs side by side never wait for each other's threads, so that more
     * gets done in all.
     */
    ONE_THREAD
}
