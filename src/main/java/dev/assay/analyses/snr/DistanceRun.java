package dev.assay.analyses.snr;

/**
 * What one distance gave.
 *
 * @param scores one for each query; null for a query that cannot ask
 * @param means over the queries
 * @param clusters null where nothing was clustered
 */
record DistanceRun(Distance distance, QueryScores[] scores, RetrievalMeans means, ClusterScores clusters) {}
