package dev.assay.analysis;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes a component of a parameters' record. The form, the command-line option, the JSON and the stored provenance
 * all derive from it. A component's name is its public name ({@code -p name=value}).
 *
 * <p>Types: {@code int}, {@code long}, {@code double}, {@code boolean}, {@link String}, {@link Exact}, an enum
 * (its constants are written in lower-kebab-case, or as their {@code toString} says where that is overridden), and {@link java.util.List}
 * of {@link Exact}, {@link String}, {@link Integer}, {@link Double} or an enum (comma-separated; of an enum each constant once, in
 * the order that the user gave).
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Parameter {

    /** Name for the user with the method's symbol, e.g. {@code Relaxation slack s}. */
    String label();

    /** One or two sentences: what it does and when to change it. */
    String help();

    /** Unit, or empty. */
    String unit() default "";

    /** Least value, as text; empty for none. For a list it holds for every element. */
    String min() default "";

    /** Greatest value, as text; empty for none. */
    String max() default "";

    /** Whether {@link #max()} itself is not allowed. */
    boolean maxExclusive() default false;

    /** Whether {@link Analysis#suggestions} knows values for it; a text of one's own may be given all the same. */
    boolean suggested() default false;

    /** Shown in the collapsed group of the form. */
    boolean advanced() default false;

    /** Can be changed on a finished run without running it again; see {@link Explorer#update}. */
    boolean live() default false;
}
