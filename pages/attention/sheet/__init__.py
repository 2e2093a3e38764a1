"""The sheet of matrices that a learner types into: what it holds, its history, its link, its editor."""
