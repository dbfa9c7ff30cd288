// Counts of every variable's codes among the patients whom the conditions on all other variables keep.
//
// Of each patient is held how many conditions he fails, and the exclusive or of their variables: of somebody who fails
// one alone that is the variable. A change of one condition touches only those of whom it changes the answer, so that
// a brush is followed among a million patients. Nothing is computed here but counts.

class Facets {
  // columns: of each variable a Uint8Array of the codes of n patients.
  constructor(columns, n) {
    this.columns = columns;
    this.n = this.kept = n;
    this.fails = new Uint16Array(n);
    this.which = new Uint16Array(n);
    this.turned = new Int32Array(n);
    this.passes = columns.map(() => new Uint8Array(256).fill(1));
    this.all = columns.map((codes) => count(codes, new Int32Array(256)));
    this.counts = this.all.map((counts) => counts.slice());
  }

  // The condition on a variable: which of its codes stay, as 256 zeros and ones.
  keep(variable, pass) {
    const { fails, which, columns, counts, turned } = this;
    const [column, before] = [columns[variable], this.passes[variable]];
    const turns = pass.map((one, code) => one ^ before[code]);
    if (!turns.includes(1)) return;
    this.passes[variable] = pass;
    const n = this.n;
    let [entering, leaving] = [0, n]; // the ones from the front, the others from the end
    for (let i = 0; i < n; i += 1) {
      const code = column[i];
      if (!turns[code]) continue;
      if (pass[code]) {
        which[i] ^= variable;
        const left = (fails[i] -= 1);
        if (left === 0) turned[entering++] = i;
        else if (left === 1) counts[which[i]][columns[which[i]][i]] += 1;
      } else {
        const had = fails[i];
        if (had === 0) turned[--leaving] = i;
        else if (had === 1) counts[which[i]][columns[which[i]][i]] -= 1;
        fails[i] = had + 1;
        which[i] ^= variable;
      }
    }
    for (let v = 0; v < columns.length; v += 1) {
      if (v === variable) continue; // its own condition does not count for its own bars
      const [codes, into] = [columns[v], counts[v]];
      for (let k = 0; k < entering; k += 1) into[codes[turned[k]]] += 1;
      for (let k = leaving; k < n; k += 1) into[codes[turned[k]]] -= 1;
    }
    this.kept += entering - (n - leaving);
  }

  // How many patients are left after each of the variables' conditions, one after the other; all that have one.
  left(variables) {
    const lost = new Int32Array(variables.length);
    if (variables.length) {
      const { fails, n, passes, columns } = this;
      const first = variables.map((v) => [passes[v], columns[v]]);
      for (let i = 0; i < n; i += 1) {
        if (!fails[i]) continue;
        let k = 0;
        while (first[k][0][first[k][1][i]]) k += 1;
        lost[k] += 1;
      }
    }
    let rest = this.n;
    return Array.from(lost, (gone) => (rest -= gone));
  }
}

function count(column, into) {
  for (let i = 0; i < column.length; i += 1) into[column[i]] += 1;
  return into;
}
