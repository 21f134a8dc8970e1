Console.WriteLine("Telephony");
