package org.openapitools.jackson.nullable;

public final class JsonNullable<T> {
    public static <T> JsonNullable<T> of(T value) {
        return new JsonNullable<>();
    }

    public static <T> JsonNullable<T> undefined() {
        return new JsonNullable<>();
    }

    public T get() {
        return null;
    }

    public T orElse(T other) {
        return other;
    }

    public boolean isPresent() {
        return false;
    }
}
