import { ScimError } from '../errors.ts';
import type { AttributePath } from '../schema/lookup.ts';
import { COMPARISONS, type Comparison, type Filter, type Literal } from './ast.ts';
import { elementScope, resolve, type Scope } from './scope.ts';
import { comparison, present, requireReadable } from './term.ts';
import type { Token } from './tokenize.ts';

/** Groups within groups, and comparisons in all: what walks a filter may recurse, and takes as long as it is large. */
export const MAX_FILTER_DEPTH = 32;
export const MAX_FILTER_TERMS = 200;

type Word = Extract<Token, { readonly kind: 'word' }>;

/** The grammar of RFC 7644 §3.4.2.2, a method for each level of precedence (Table 5), loosest first. */
export class FilterParser {
  readonly #tokens: readonly Token[];
  readonly #filterName: string;
  #next = 0;
  #terms = 0;

  /** `filterName` begins each refusal: "The filter", or where else the tokens come from. */
  constructor(tokens: readonly Token[], filterName: string) {
    this.#tokens = tokens;
    this.#filterName = filterName;
  }

  /** Parses all there is. */
  parse(scope: Scope): Filter {
    const filter = this.#disjunction(scope, 0);
    if (this.#peek()) throw this.#fail('"and", "or" or its end');
    return filter;
  }

  #disjunction(scope: Scope, depth: number): Filter {
    let left = this.#conjunction(scope, depth);
    while (this.#skipWord('or')) left = { kind: 'or', left, right: this.#conjunction(scope, depth) };
    return left;
  }

  #conjunction(scope: Scope, depth: number): Filter {
    let left = this.#unary(scope, depth);
    while (this.#skipWord('and')) left = { kind: 'and', left, right: this.#unary(scope, depth) };
    return left;
  }

  #unary(scope: Scope, depth: number): Filter {
    if (depth > MAX_FILTER_DEPTH) throw new ScimError('invalidFilter', `${this.#filterName} nests deeper than ${MAX_FILTER_DEPTH} groups.`);
    const isNegated = this.#skipWord('not');
    if (!isNegated && this.#peek()?.kind !== '(') return this.#expression(scope, depth);
    this.#take('(');
    const operand = this.#disjunction(scope, depth + 1);
    this.#take(')');
    return isNegated ? { kind: 'not', operand } : operand;
  }

  #expression(scope: Scope, depth: number): Filter {
    this.#terms += 1;
    if (this.#terms > MAX_FILTER_TERMS)
      throw new ScimError('invalidFilter', `${this.#filterName} has more than ${MAX_FILTER_TERMS} comparisons.`);
    const { text, at } = this.#word('an attribute');
    const path = resolve(scope, text, this.#where(at));
    return this.#peek()?.kind === '[' ? this.#valuePath(path, at, depth) : this.#attributeExpression(path);
  }

  #valuePath(path: AttributePath, at: number, depth: number): Filter {
    if (path.subAttribute !== undefined || path.attribute.type !== 'complex')
      throw this.#fail('an attribute with sub-attributes before the bracket');
    requireReadable(path, this.#where(at));
    this.#take('[');
    const scope = elementScope(path);
    const selection = this.#disjunction(scope, depth + 1);
    this.#take(']');
    const behind = this.#peek();
    if (behind?.kind !== 'word' || !behind.text.startsWith('.')) return { kind: 'valuePath', path, filter: selection };
    return { kind: 'valuePath', path, filter: { kind: 'and', left: selection, right: this.#behindBracket(scope, behind) } };
  }

  /** `emails[type eq "work"].value eq "x"`: Entra ID's way to match by an e-mail address; the RFC has no such form. */
  #behindBracket(scope: Scope, { text, at }: Word): Filter {
    this.#next += 1;
    return this.#attributeExpression(resolve(scope, text.slice(1), this.#where(at + 1)));
  }

  #attributeExpression(path: AttributePath): Filter {
    const { text, at } = this.#word('an operator');
    const op = text.toLowerCase();
    if (op === 'pr') return present(path, this.#where(at));
    if (!isComparison(op)) {
      throw new ScimError('invalidFilter', `${this.#where(at)}: no such operator; use ${COMPARISONS.join(', ')} or pr.`);
    }
    return comparison(path, op, this.#literal(), this.#where(at));
  }

  #literal(): Literal {
    const token = this.#peek();
    if (token?.kind !== 'literal') throw this.#fail('a value (a string in double quotes, a number, true, false or null)');
    this.#next += 1;
    return token.value;
  }

  #word(expected: string): Word {
    const token = this.#peek();
    if (token?.kind !== 'word') throw this.#fail(expected);
    this.#next += 1;
    return token;
  }

  #take(kind: '(' | ')' | '[' | ']'): void {
    if (this.#peek()?.kind !== kind) throw this.#fail(`"${kind}"`);
    this.#next += 1;
  }

  #skipWord(word: string): boolean {
    const token = this.#peek();
    if (token?.kind !== 'word' || token.text.toLowerCase() !== word) return false;
    this.#next += 1;
    return true;
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#next];
  }

  #where(at: number): string {
    return `${this.#filterName} at ${at}`;
  }

  #fail(expected: string): ScimError {
    const token = this.#peek();
    return new ScimError('invalidFilter', `${token ? this.#where(token.at) : `${this.#filterName} at its end`}: expected ${expected}.`);
  }
}

const isComparison = (op: string): op is Comparison => COMPARISONS.some((known) => known === op);
