/** What a decorator is told of the member that it decorates, in either form. */
export type MemberContext =
  | ClassMethodDecoratorContext
  | ClassGetterDecoratorContext
  | ClassSetterDecoratorContext
  | ClassFieldDecoratorContext
  | ClassAccessorDecoratorContext;

/**
 * Tells the two forms of decorators apart. A standard one gets a context object with a `kind`; a legacy one gets the
 * name of the member in the same place.
 *
 * @param second The second argument of the decorator.
 */
export function isStandardContext(second: unknown): second is DecoratorContext {
  return typeof second === "object" && second !== null && "kind" in second;
}
