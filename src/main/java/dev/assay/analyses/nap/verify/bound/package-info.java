/**
 * Bounds on every unit and on the margins of a region: intervals, backward linear bounds, their slopes and multipliers
 * optimised ({@code nap-verification.md}, sections 2 to 4 and 8).
 */
package dev.assay.analyses.nap.verify.bound;
