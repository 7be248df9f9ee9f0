package dev.assay.analyses.fidelity;

import dev.assay.analyses.fidelity.explain.Instance;
import dev.assay.analyses.fidelity.explain.Uniforms;

/**
 * Which units a sample would remove, whatever set is looked at: one uniform number for each instance, sample and unit,
 * common to all explanations and both signs (robust-fidelity, common random numbers). A unit is removed when its number
 * is below the removal probability. The sets of the two signs share no unit, so their samples are independent all the
 * same.
 */
final class SampleDraws {

    private final long[] keys;

    SampleDraws(Instance instance, long seed) {
        long stream = Uniforms.key(Uniforms.mix(seed), instance.key());
        keys = new long[instance.units().size()];
        for (int u = 0; u < keys.length; u++) {
            keys[u] = Uniforms.key(stream, instance.units().from(u), instance.units().to(u));
        }
    }

    /** The units whose number is below a probability. */
    long[] below(double probability, long sample) {
        long[] bits = new long[Bits.words(keys.length)];
        for (int u = 0; u < keys.length; u++) {
            if (Uniforms.at(keys[u], sample) < probability) {
                Bits.set(bits, u);
            }
        }
        return bits;
    }
}
