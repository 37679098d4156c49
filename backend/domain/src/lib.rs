//! Rules only: time, calendar, slots, claims, fees, eligibility, states, money.
