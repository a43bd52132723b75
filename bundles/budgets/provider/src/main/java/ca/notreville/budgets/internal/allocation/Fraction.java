// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal.allocation;

import java.math.BigInteger;

/**
 * An exact rational number, in lowest terms.
 *
 * @param denominator positive
 */
public record Fraction(BigInteger numerator, BigInteger denominator) implements Comparable<Fraction> {

    public static final Fraction ZERO = of(0);

    public Fraction {
        int sign = denominator.signum();
        if (sign == 0) {
            throw new ArithmeticException("a denominator of zero");
        }
        BigInteger common = numerator.gcd(denominator);
        if (!common.equals(BigInteger.ONE)) {
            numerator = numerator.divide(common);
            denominator = denominator.divide(common);
        }
        if (sign < 0) {
            numerator = numerator.negate();
            denominator = denominator.negate();
        }
    }

    public static Fraction of(long whole) {
        return new Fraction(BigInteger.valueOf(whole), BigInteger.ONE);
    }

    public static Fraction of(long numerator, long denominator) {
        return new Fraction(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
    }

    public Fraction plus(Fraction other) {
        return new Fraction(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    public Fraction minus(Fraction other) {
        return new Fraction(
                numerator.multiply(other.denominator).subtract(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    public Fraction times(long factor) {
        return new Fraction(numerator.multiply(BigInteger.valueOf(factor)), denominator);
    }

    public Fraction over(long divisor) {
        return new Fraction(numerator, denominator.multiply(BigInteger.valueOf(divisor)));
    }

    public int signum() {
        return numerator.signum();
    }

    /** The greatest whole number that is not greater. */
    public long floor() {
        BigInteger[] parts = numerator.divideAndRemainder(denominator);
        return (parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0]).longValueExact();
    }

    /** The smallest whole number that is not smaller. */
    public long ceiling() {
        long floor = floor();
        return denominator.equals(BigInteger.ONE) ? floor : floor + 1;
    }

    /** About; for what is looked at again exactly wherever it is close. */
    double about() {
        int excess = Math.max(0, Math.max(numerator.bitLength(), denominator.bitLength()) - 900);
        return excess == 0
                ? numerator.doubleValue() / denominator.doubleValue()
                : numerator.shiftRight(excess).doubleValue()
                        / denominator.shiftRight(excess).doubleValue();
    }

    @Override
    public int compareTo(Fraction other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }

    @Override
    public String toString() {
        return denominator.equals(BigInteger.ONE) ? numerator.toString() : numerator + "/" + denominator;
    }
}
