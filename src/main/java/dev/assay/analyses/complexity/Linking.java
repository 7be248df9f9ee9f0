package dev.assay.analyses.complexity;

/** Hears of a group's features being linked to a tree. */
interface Linking {

    /** Nobody listens and nobody cancels. */
    Linking QUIET = new Linking() {
        @Override
        public void checkCancelled() {}

        @Override
        public void merged(Merge merge) {}

        @Override
        public void restarted() {}
    };

    /** Called every few milliseconds; throws to stop. */
    void checkCancelled();

    /** A merge was found. */
    void merged(Merge merge);

    /** What was found so far does not count; the linking starts over. */
    void restarted();
}
