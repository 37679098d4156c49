//! One file per action: authorise, check, change, audit, enqueue, in one transaction.
