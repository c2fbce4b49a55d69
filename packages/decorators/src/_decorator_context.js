/**
 * Tells the two forms of decorators apart. A standard one gets a context object with a `kind`; a legacy one gets the
 * name of the member in the same place.
 *
 * @param second The second argument of the decorator.
 */
export function isStandardContext(second) {
    return typeof second === "object" && second !== null && "kind" in second;
}
