/** Proofs as data, their files, and a checker that replays them with arithmetic of its own. */
package dev.assay.analyses.nap.verify.proof;
